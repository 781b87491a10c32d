// How a row names those who take part in its conversation: "Amara Okafor, Lena, Jonas". Pure text.
import type { RowView } from "../ipc/backend";
import { firstName } from "./address";
import { say } from ".";

/** So many are named; that there are others is said by a sign. */
const NAMED = 5;

export interface Named {
  /** From the first on. */
  lead: string;
  /** Whoever wrote the newest unread letter and is not the first: this is seen where the others are cut. */
  kept: string;
  /** Who comes after that. */
  rest: string;
}

type Person = RowView["people"][number];

/** The first other one by the whole name, all after that by their first, and so oneself. */
export function peopleSaid({ people, avatar }: Pick<RowView, "people" | "avatar">): Named {
  if (people.length < 2) return whole(people[0]?.name || avatar || say("no-sender"));
  const first = people.findIndex(({ own }) => !own);
  const names = people.map((person, at) => (at === first ? person.name : called(person)));
  const unread = people.findIndex(({ newestUnread }) => newestUnread);
  if (unread >= NAMED)
    return { lead: `${names.slice(0, NAMED - 1).join(", ")}, … `, kept: names[unread] ?? "", rest: "" };
  const shown = names.slice(0, NAMED);
  if (names.length > NAMED) shown.push("…");
  if (unread < 1) return whole(shown.join(", "));
  const rest = shown.slice(unread + 1).map((name) => `, ${name}`);
  return {
    lead: `${shown.slice(0, unread).join(", ")}, `,
    kept: shown[unread] ?? "",
    rest: rest.join(""),
  };
}

const whole = (lead: string): Named => ({ lead, kept: "", rest: "" });

function called({ name, own }: Person): string {
  return own && name.includes("@") ? say("row-oneself") : firstName(name);
}
