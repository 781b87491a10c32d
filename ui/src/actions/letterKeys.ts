// Keys that are pressed while a letter has the focus: somebody has chosen text there, or has gone to a link. Those of the window are
// handed on to it, as if they were pressed on the letter's frame; what scrolls, chooses, copies, and goes from link to link stays
// the letter's. Not here: what the keys do (commands.ts).
import { backend } from "../ipc";
import { commands, type Command, type CommandName } from "./commands";

/** They mean the page that one is in: its next screen, all its text. */
const OF_THE_LETTER: ReadonlySet<CommandName> = new Set(["onward", "back", "selectAll"]);
/** They go back to the list, and close a letter's own window. */
const BESIDE_COMMANDS = ["Escape", "Ctrl+w"];

/** The keys of the window, as `Command` names them. */
export function windowKeys(): string[] {
  const names = (Object.keys(commands) as CommandName[]).filter((name) => !OF_THE_LETTER.has(name));
  return [...names.flatMap((name) => (commands[name] as Command).keys), ...BESIDE_COMMANDS];
}

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** Whether a key means the window, though it was pressed in a letter. */
export function meansWindow({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): boolean {
  if (altKey) return false;
  const isSign = key.length === 1;
  const names =
    ctrlKey || metaKey
      ? [`Ctrl+${isSign ? key.toLowerCase() : key}`, ...(shiftKey ? [`Ctrl+${key.toUpperCase()}`] : [])]
      : [key, ...(shiftKey && !isSign ? [`Shift+${key}`] : [])];
  const keys = new Set(windowKeys());
  return names.some((name) => keys.has(name));
}

/** The frame that has the focus, if it is a letter's. */
export function focusedFrame(): HTMLIFrameElement | null {
  const at = document.activeElement;
  return at instanceof HTMLIFrameElement && at.dataset.letter !== undefined ? at : null;
}

/** Where somebody types. */
const FIELDS = "input, textarea, select, [contenteditable=true], [contenteditable='']";

/** Presses a key on what has the focus, for the window to hear. `true`: it took the key. */
function press(at: Element, pressed: KeyboardEventInit): boolean {
  return !at.dispatchEvent(
    new KeyboardEvent("keydown", { ...pressed, bubbles: true, cancelable: true, composed: true }),
  );
}

/**
 * Types a sign where somebody writes. The web view's own way of it can be taken back there as what was typed before can; where it has
 * none, the sign is put where the caret is.
 */
function type(field: Element, sign: string): void {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else types as a person does
  if (typeof document.execCommand === "function" && document.execCommand("insertText", false, sign)) return;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
  const { selectionStart: start, selectionEnd: end } = field;
  if (start === null || end === null) return;
  field.setRangeText(sign, start, end, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, data: sign, inputType: "insertText" }));
}

/** Hands on what is pressed in the page of a frame, where the web view tells of that. */
export function handOnKeys(page: Document, frame: HTMLIFrameElement): void {
  page.addEventListener("keydown", (event) => {
    if (event.isComposing || !meansWindow(event)) return;
    const { key, code, ctrlKey, metaKey, shiftKey, repeat } = event;
    if (press(frame, { key, code, ctrlKey, metaKey, shiftKey, repeat })) event.preventDefault();
  });
}

/** Whether somebody tells us of the keys in a letter, the web view or the shell. */
let areHeard = true;

export function areKeysHeard(): boolean {
  return areHeard;
}

/**
 * Where a web view tells nobody of keys in a page without scripts, the shell takes those that are lent to it while a frame has the
 * focus. Until the answer is called.
 */
export function lendKeys(): () => void {
  let lent = false;
  // One after the other: of two that go together either may come first.
  let told: Promise<unknown> = Promise.resolve();
  const look = () => {
    const isIn = focusedFrame() !== null;
    if (isIn === lent) return;
    lent = isIn;
    told = told
      .then(() => backend().lendKeys(isIn ? windowKeys() : []))
      .then((heard) => (areHeard = heard))
      .catch(() => undefined);
  };
  // The window loses the focus to its own frame, and has not lost it yet when that is told.
  const onBlur = () => setTimeout(look);
  addEventListener("blur", onBlur);
  addEventListener("focus", look);
  document.addEventListener("focusin", look);
  const end = backend().onKeyInLetter(({ key, ctrl, shift }) => {
    // The focus may have left the frame meanwhile, and nobody was told of it where the frame was taken away.
    look();
    const at = document.activeElement ?? document.body;
    const took = press(at, { key, ctrlKey: ctrl, shiftKey: shift });
    // The shell had not heard yet that somebody has gone to a field: there it is a letter of what is typed, and no command.
    const field = at.closest(FIELDS);
    if (field !== null && !took && !ctrl && key.length === 1) type(field, key);
  });
  return () => {
    removeEventListener("blur", onBlur);
    removeEventListener("focus", look);
    document.removeEventListener("focusin", look);
    end();
  };
}
