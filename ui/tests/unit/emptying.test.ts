// What goes with Trash or Junk.
import { describe, expect, it } from "vitest";
import type { MailboxView } from "../../src/ipc/backend";
import { emptiedWith, mayEmpty } from "../../src/state/emptying";

const folder = (id: string, parent: string | null, total: number, role: MailboxView["role"] = null) =>
  ({
    id,
    account: "lena",
    parent,
    name: id,
    role,
    selectable: true,
    total,
    unread: 0,
    hidden: false,
  }) as const;

const all: MailboxView[] = [
  folder("trash", null, 3, "trash"),
  folder("plans", "trash", 2),
  folder("old plans", "plans", 1),
  folder("junk", null, 4, "junk"),
  folder("odd", "junk", 5),
  folder("projects", null, 6),
];
const named = (id: string) => all.find((each) => each.id === id) as MailboxView;

describe("emptying", () => {
  it("takes the folders that were thrown away with Trash, and leaves those in Junk", () => {
    expect(emptiedWith(all, named("trash"))).toEqual({ letters: 6, folders: 2 });
    expect(emptiedWith(all, named("junk"))).toEqual({ letters: 4, folders: 0 });
  });

  it("is for Trash and Junk alone", () => {
    expect(all.filter(mayEmpty).map(({ id }) => id)).toEqual(["trash", "junk"]);
  });
});
