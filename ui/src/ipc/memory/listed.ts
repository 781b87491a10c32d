// What is done to rows of a list that are not named one by one: found when it is asked for.
import type {
  ActionView,
  Backend,
  ListedMarksView,
  ListedView,
  PerformedListedView,
  RowView,
} from "../backend";
import { CROWD, crowdChosen, crowdPage, isCrowd, without } from "./crowd";
import { rows } from "./listing";
import { perform } from "./perform";
import { reject, type World } from "./world";

/** All of it at once, so that nothing is left to be stopped. */
export function listedDeeds(
  world: World,
  later: <T>(answer: () => T) => Promise<T>,
): Pick<Backend, "performListed" | "listedMarks" | "stopListed"> {
  return {
    performListed: (listed, action) => later(() => performListed(world, listed, action)),
    listedMarks: (listed) => later(() => listedMarks(world, listed)),
    stopListed: () => later(() => undefined),
  };
}

function rowsOf(world: World, { listing, first, last, except }: ListedView): RowView[] {
  const all = rows(world, listing);
  const key = (row: RowView) => (listing.grouping === "messages" ? row.email : row.thread);
  const place = (end: string | null, none: number) => {
    const at = end === null ? none : all.findIndex((row) => key(row) === end);
    return at < 0 && end !== null ? reject("gone", "A row that was chosen is no longer there.") : at;
  };
  return all
    .slice(place(first, 0), place(last, all.length - 1) + 1)
    .filter((row) => !except.includes(key(row)));
}

function performListed(world: World, listed: ListedView, action: ActionView): PerformedListedView {
  if (isCrowd(listed.listing)) return performCrowd(world, listed, action);
  const chosen = rowsOf(world, listed).flatMap((row) => (listed.newest ? [row.email] : row.emails));
  const emails = [...new Set([...chosen, ...listed.also])];
  const done = perform(world, { ...action, emails } as ActionView);
  return { ...done, left: 0, failure: null };
}

function performCrowd(world: World, listed: ListedView, action: ActionView): PerformedListedView {
  const before = world.crowd;
  const ranges = crowdChosen(before, listed);
  if (action.kind === "setKeywords") {
    const is = (word: string) =>
      action.add.includes(word) ? true : action.remove.includes(word) ? false : null;
    const [seen, flagged] = [is("$seen"), is("$flagged")];
    const marks = {
      ...(seen === null ? {} : { unread: !seen }),
      ...(flagged === null ? {} : { starred: flagged }),
    };
    world.crowd = { ...before, marked: [...before.marked, { ranges, marks }] };
  } else if (action.kind !== "copy") world.crowd = { ...before, there: without(before.there, ranges) };
  const tell = () =>
    world.tell(
      { kind: "emails" },
      { kind: "mailboxes", account: "lena" },
      { kind: "listing", mailbox: CROWD },
    );
  tell();
  const undo = world.remember(() => {
    world.crowd = before;
    tell();
  });
  const affected = ranges.reduce((sum, [from, to]) => sum + to - from, 0);
  return { undo, affected, left: 0, failure: null };
}

/** Of the crowd the first rows say it. */
function listedMarks(world: World, listed: ListedView): ListedMarksView {
  const meant = isCrowd(listed.listing)
    ? crowdPage(world.crowd, listed.listing, 0, 100).rows
    : rowsOf(world, listed);
  return { unread: meant.some((row) => row.unread), starred: meant.every((row) => row.starred) };
}
