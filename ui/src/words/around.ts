// What stands before and behind something in a sentence, where that is shown in its own way: the words of the interface around
// names that somebody may have searched for.
import { say } from ".";

/** Stands in no sentence. */
const HERE = "\u{1}";

/** Both sides of the argument `name` in a sentence. */
export function around(id: string, name: string): [before: string, behind: string] {
  const [before = "", behind = ""] = say(id, { [name]: HERE }).split(HERE);
  return [before, behind];
}
