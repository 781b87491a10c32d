// Lists that the person leaves by a letter: they are left when it has been sent, and what tells of them is asked for again then.
import { client } from "./client";
import { keys } from "./queries";

let isAnyOnItsWay = false;

/** A letter that leaves a list waits in the outbox. */
export function noteLetterThatLeaves(): void {
  isAnyOnItsWay = true;
}

/** The outbox is another: such a letter may have been sent. */
export function askWhetherLeft(): void {
  if (isAnyOnItsWay) void askWhatIsLeft();
}

export function askWhatIsLeft(): Promise<unknown> {
  return Promise.all([
    client.invalidateQueries({ queryKey: keys.subscriptions }),
    client.invalidateQueries({ queryKey: ["body"] }),
  ]);
}
