// What can be done with a letter without changing it: looking at it otherwise, at its source, on paper, in a file.
import { backend } from "../ipc";
import { client } from "../state/client";
import { isFolded } from "../state/here";
import { lookOf, lookViewOf, setLetterLook } from "../state/letterLook";
import { whereIs, type LetterRef } from "../state/letterRef";
import { momentOf } from "../state/bodies";
import { useTheme } from "../state/theme";
import { toast } from "../state/toasts";
import { here, useWindow } from "../state/window";
import { say } from "../words";
import { fullTime } from "../words/times";
import { tellSaved } from "./attachments";
import { attempt, attempted } from "./attempt";
import { newestOpen } from "./openLetter";

/** Runs something for the letter that a key means. */
export function forOpen(deed: (letter: LetterRef) => unknown): Promise<void> {
  return attempt(async () => {
    const letter = await newestOpen();
    if (letter !== null) await deed(letter);
  });
}

/** The same, unless that letter is folded, where nobody would see what has changed. */
export function forSeen(deed: (letter: LetterRef) => unknown): Promise<void> {
  return forOpen((letter) => (isFolded(letter) ? undefined : deed(letter)));
}

export function togglePlain(letter: LetterRef): void {
  setLetterLook(letter, { plain: !lookOf(letter).plain });
}

export function toggleOriginal(letter: LetterRef): void {
  if (useTheme.getState().dark) setLetterLook(letter, { original: !lookOf(letter).original });
}

/** Shows a letter's pictures from the network for once, or hides them again. */
export function toggleImages(letter: LetterRef): void {
  setLetterLook(letter, { shown: lookOf(letter).shown === "no" ? "once" : "no" });
}

export function chooseCharset(letter: LetterRef): void {
  useWindow.getState().ask({ kind: "charset", letter, back: here() });
}

export function showSource(letter: LetterRef): void {
  useWindow.getState().ask({ kind: "source", letter, back: here() });
}

export function saveSource(letter: LetterRef): Promise<void> {
  return attempt(async () => {
    const path = await backend().saveSource(...whereIs(letter));
    if (path !== null) tellSaved(say("done-saved", { path }), path);
  });
}

export type Answer = "accept" | "tentative" | "decline";

/** Says whether the answer is on its way. */
export function answerInvitation(letter: LetterRef, answer: Answer): Promise<boolean> {
  return attempted(async () => {
    await backend().answerInvitation(...whereIs(letter), answer);
    toast(say(`invitation-sent-${answer}`));
    // Nobody waits for the others.
    void meetingsChanged();
  });
}

/** Believes that a meeting was called off, though nobody vouches for who says so. */
export function believeCallingOff(email: string): Promise<void> {
  return attempt(async () => {
    await backend().believeCallingOff(email);
    await meetingsChanged();
  });
}

/** This invitation has another answer, and others meet with other meetings, wherever they stand. */
async function meetingsChanged(): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ["body"] }),
    client.invalidateQueries({ queryKey: ["nested"] }),
  ]);
}

/** The frame of the last letter that was printed. It stays until the next, for printing goes on after we are told. */
let paper: HTMLIFrameElement | null = null;

/** Has the system print a letter, or save it as a PDF, which its dialog offers. Nothing in the frame runs. */
export function printLetter(letter: LetterRef): Promise<void> {
  return attempt(async () => {
    const look = lookViewOf(letter);
    const at = await momentOf(letter, look);
    const when = at === null ? "" : fullTime(at);
    const printed = await backend().printed(...whereIs(letter), { ...look, dark: false }, when);
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
