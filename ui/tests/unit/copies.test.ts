// Of a letter that was sent and came as well one is shown.
import { expect, it } from "vitest";
import { copiesOf, once } from "../../src/state/copies";

const letter = (id: string, sameAs: string | null = null) => ({ id, sameAs });
const ids = (letters: { id: string }[]) => letters.map(({ id }) => id).join(" ");

it("the one that came, unless only the one in Sent is looked at", () => {
  const all = [letter("first"), letter("sent", "came"), letter("came"), letter("answer")];
  expect(ids(once(all, () => false))).toBe("first came answer");
  expect(ids(once(all, ({ id }) => id === "sent"))).toBe("first sent answer");
  expect(ids(once(all, ({ id }) => id === "came"))).toBe("first came answer");
  expect(ids(once(all, () => true)), "a search has found both").toBe("first came answer");
  expect(ids(once([letter("sent", "came")], () => false)), "the one that came is not among them").toBe(
    "sent",
  );
  const [first, sent, came] = all;
  if (first === undefined || sent === undefined || came === undefined) throw new Error("They are there.");
  expect(ids(copiesOf(all, sent))).toBe("came");
  expect(ids(copiesOf(all, came))).toBe("sent");
  expect(copiesOf(all, first), "letters that are the same as none are not the same as one another").toEqual(
    [],
  );
});
