// The keys of the window, those that are pressed in a letter too, and the native menu, which says the same commands by name. Keys rest while someone types,
// while a dialog, a menu or a sheet is open, and while something is dragged with the keys; in the sheet of a letter within a letter those
// go on that are about a letter.
import { useEffect } from "react";
import { backend } from "../../ipc";
import { commandFor, isCommand, run, type CommandName } from "../../actions/commands";
import { lendKeys } from "../../actions/letterKeys";
import { scrollOn } from "../../state/here";
import { PANE } from "../../state/pane";
import { letterInFront, useWindow } from "../../state/window";

/** These work from a text field too, where the field does not need them itself. */
const everywhere: CommandName[] = ["search", "searchForm", "settings", "checkMail", "find", "print"];
/** These take what is selected in the list, so a selected text or the folder tree must not set them off. */
const ofTheList: CommandName[] = ["selectAll"];

/** These are about the letter that is read, wherever it stands. */
const ofALetter: ReadonlySet<CommandName> = new Set([
  ...([
    "reply",
    "replyAll",
    "forward",
    "print",
    "source",
    "charset",
    "asText",
    "original",
    "images",
  ] as const),
  ...(["find", "findNext", "findPrevious", "nextFound", "previousFound", "onward", "back"] as const),
  ...(["larger", "smaller", "usualSize", "attachments", "saveAttachments", "invitation"] as const),
]);

/** Whether a question takes the keys for itself: all of them, unless a letter is read in it. */
function takesKey(name: CommandName, sheet: Element | null): boolean {
  const { question } = useWindow.getState();
  if (question === null && sheet === null) return false;
  const inFront = letterInFront({ question });
  // What has lost the focus has lost it within the sheet: nothing behind that can be reached.
  const isThere = sheet === null || sheet.querySelector(PANE) !== null;
  return inFront === null || !isThere || !ofALetter.has(name);
}

/** Where the space bar is a press. */
const PRESSED = "button, summary, a, [role=row], [role=option], [role=listbox], [role=separator]";

/** Only these are known, if they are named. */
export function useKeys(only?: ReadonlySet<CommandName>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const name = commandFor(event);
      if (name === null || only?.has(name) === false) return;
      const target = event.target instanceof Element ? event.target : document.body;
      if (takesKey(name, target.closest("[role=dialog], [role=alertdialog], [role=menu]"))) return;
      // There it presses what has the focus.
      if (event.key === " " && target.closest(PRESSED) !== null) return;
      const typing =
        target.closest("input, textarea, select, [contenteditable=true], [contenteditable='']") !== null;
      if (typing && !(everywhere.includes(name) && event.key !== "/")) return;
      if (ofTheList.includes(name) && target.closest("[role=listbox]") === null && target !== document.body)
        return;
      event.preventDefault();
      // A key that is held down goes to the end of what is open, and not on through all the mail.
      if (name === "onward" && event.repeat) scrollOn();
      else run(name);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [only]);
  useEffect(() => lendKeys(), []);
  useEffect(
    () =>
      backend().onMenu((command) => {
        // One menu speaks for all windows: the one that is looked at is meant. A dialog is a question to be answered first.
        const meant = document.hasFocus() && only?.has(command as CommandName) !== false;
        if (meant && isCommand(command) && !takesKey(command, null)) run(command);
      }),
    [only],
  );
}
