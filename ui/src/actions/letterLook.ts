// What can be done with a letter without changing it: looking at it otherwise, at its source, on paper, in a file.
import { backend } from "../ipc";
import { client } from "../state/client";
import { isFolded } from "../state/here";
import { lookOf, setLetterLook } from "../state/letterLook";
import { useTheme } from "../state/theme";
import { toast } from "../state/toasts";
import { useWindow } from "../state/window";
import { say } from "../words";
import { fullTime } from "../words/times";
import { attempt, attempted } from "./attempt";
import { newestOpen } from "./openLetter";

/** Runs something for the letter that a key means. */
export function forOpen(deed: (email: string) => unknown): Promise<void> {
  return attempt(async () => {
    const email = await newestOpen();
    if (email !== null) await deed(email);
  });
}

/** The same, unless that letter is folded, where nobody would see what has changed. */
export function forSeen(deed: (email: string) => unknown): Promise<void> {
  return forOpen((email) => (isFolded(email) ? undefined : deed(email)));
}

export function togglePlain(email: string): void {
  setLetterLook(email, { plain: !lookOf(email).plain });
}

export function toggleOriginal(email: string): void {
  if (useTheme.getState().dark) setLetterLook(email, { original: !lookOf(email).original });
}

/** Shows a letter's pictures from the network for once, or hides them again. */
export function toggleImages(email: string): void {
  setLetterLook(email, { shown: lookOf(email).shown === "no" ? "once" : "no" });
}

export function chooseCharset(email: string): void {
  useWindow.getState().ask({ kind: "charset", email });
}

export function showSource(email: string): void {
  useWindow.getState().ask({ kind: "source", email });
}

export function saveSource(email: string): Promise<void> {
  return attempt(async () => {
    const path = await backend().saveSource(email);
    if (path !== null) toast(say("done-saved", { path }));
  });
}

export type Answer = "accept" | "tentative" | "decline";

/** Says whether the answer is on its way. */
export function answerInvitation(email: string, answer: Answer): Promise<boolean> {
  return attempted(async () => {
    await backend().answerInvitation(email, answer);
    toast(say(`invitation-sent-${answer}`));
  });
}

/** Believes that a meeting was called off, though nobody vouches for who says so. */
export function believeCallingOff(email: string): Promise<void> {
  return attempt(async () => {
    await backend().believeCallingOff(email);
    // Other invitations no longer meet with it.
    await client.invalidateQueries({ queryKey: ["body"] });
  });
}

/** The frame of the last letter that was printed. It stays until the next, for printing goes on after we are told. */
let paper: HTMLIFrameElement | null = null;

/** Has the system print a letter, or save it as a PDF, which its dialog offers. Nothing in the frame runs. */
export function printLetter(email: string, remoteImages = false): Promise<void> {
  return attempt(async () => {
    const [letter] = await backend().letters([email]);
    const { plain, charset } = lookOf(email);
    const look = { dark: false, remoteImages, plain, charset };
    const printed = await backend().printed(email, look, letter === undefined ? "" : fullTime(letter.at));
    paper?.remove();
    const frame = document.createElement("iframe");
    paper = frame;
    frame.setAttribute("sandbox", "allow-same-origin allow-modals");
    frame.setAttribute("aria-hidden", "true");
    frame.tabIndex = -1;
    frame.title = say("command-print");
    frame.className = "on-paper";
    frame.srcdoc = printed;
    frame.addEventListener("load", () => frame.contentWindow?.print(), { once: true });
    document.body.append(frame);
  });
}
