// Care for who reads: who a letter is from, a look at a link before it opens, and leaving lists.
import { backend } from "../ipc";
import type { CautionWishesView, LeaveWayView, LinkView } from "../ipc/backend";
import { client } from "../state/client";
import { keys } from "../state/queries";
import { goToPlace, isPlace } from "../state/letterPlaces";
import { toast } from "../state/toasts";
import { here, useWindow } from "../state/window";
import { say } from "../words";
import { attempt, attempted } from "./attempt";

/** A link in a letter was pressed: it opens, or is asked about where something is odd. One to a place in it leads there. */
export function pressLink(url: string): Promise<void> {
  return attempt(async () => {
    if (isPlace(url)) return goToPlace(url);
    const [link, wishes] = await Promise.all([backend().lookAtLink(url), backend().cautionWishes()]);
    // What is called, or looked for on a server of files, is seen before.
    if (wishes.askBeforeAll || link.warnings.length > 0 || link.kind !== "page")
      useWindow.getState().ask({ kind: "link", link, back: here() });
    else await backend().openLink(link.address);
  });
}

export function openLink(link: LinkView, asGiven = false, then?: () => Promise<void>): Promise<void> {
  return attempt(async () => {
    await backend().openLink(asGiven ? link.given : link.address);
    await then?.();
  });
}

export function copyLink(link: LinkView): Promise<void> {
  return attempt(async () => {
    await navigator.clipboard.writeText(link.kind === "number" ? link.host : link.address);
    toast(say("link-copied"));
  });
}

export function showWho(email: string): void {
  useWindow.getState().ask({ kind: "who", email });
}

/** Asks whether the list that a letter came by shall be left; says so where it came by none. */
export function askToLeave(email: string): Promise<void> {
  return attempt(async () => {
    const list = await backend().waysOut(email);
    if (list === null) toast(say("leave-none"));
    else useWindow.getState().ask({ kind: "leave", email, back: null });
  });
}

/** Says whether the list was asked. Its page is looked at like any link in a letter, and asked about where it is odd. */
export function leaveList(
  email: string,
  name: string,
  way: LeaveWayView,
  page: string | null,
): Promise<boolean> {
  const left = async () => {
    await backend().leaveList(email, way);
    toast(say(`leave-done-${way}`, { name }));
  };
  let asks = false;
  return attempted(async () => {
    if (way === "page" && page !== null) {
      const looked = await backend().lookAtLink(page);
      // The page has to know who leaves, so nothing is taken off its address.
      const link = { ...looked, address: looked.given, removed: [], passed: [] };
      const { askBeforeAll } = await backend().cautionWishes();
      asks = askBeforeAll || link.warnings.length > 0 || link.kind !== "page";
      if (asks) return useWindow.getState().ask({ kind: "link", link, then: left, back: null });
      await backend().openLink(link.given);
    }
    await left();
  }).then((done) => done && !asks);
}

export function wishCaution(wishes: CautionWishesView): Promise<void> {
  return attempt(async () => {
    await backend().setCautionWishes(wishes);
    client.setQueryData(keys.caution, wishes);
    await client.invalidateQueries({ queryKey: ["body"] });
    await client.invalidateQueries({ queryKey: ["who"] });
  });
}
