// Everything the window can be told by a key, a button, or the native menu, by one name. Keys and words stand here once,
// so that a tooltip, the list of keys and the key itself cannot disagree.
import { backend } from "../ipc";
import { chooseAll, stepBy, useSelection } from "../state/selection";
import { findNext, findWhenMarked, marksToCome, openFind, useFind } from "../state/letterFind";
import { resizeLetters } from "../state/letterLook";
import { chooseTheme } from "../state/theme";
import { settling } from "../state/settling";
import { toast } from "../state/toasts";
import { letterInFront, useWindow } from "../state/window";
import { say } from "../words";
import { answer } from "./answer";
import { attempt } from "./attempt";
import { compose } from "./compose";
import { askToEmpty } from "./folders";
import { askForDate, everywhere, toggleFilter, toggleForm, toggleGrouping, turnRound } from "./looks";
import { archive, junk, markUnread, remove, star, toggleRead } from "./letters";
import { pauseOrResumeAll } from "./keeping";
import { undoNewest } from "./perform";
import { openInWindow } from "./letterWindow";
import { mute, takeOut, unite } from "./conversations";
import { askToLeave, showWho } from "./caution";
import { browseFiles, goToFiles, goToInvitation, saveFilesOf } from "./filesHere";
import { nextUnread } from "./nextUnread";
import { isComing, isGoing, scrollOn, stepLetter } from "../state/here";
import {
  chooseCharset,
  forOpen,
  forSeen,
  printLetter,
  showSource,
  toggleOriginal,
  toggleImages,
  togglePlain,
} from "./letterLook";

export interface Command {
  /**
   * As KeyboardEvent.key, with "Ctrl+" in front where it is held (Command on a Mac), and then a capital where Shift is too.
   * The first is the one shown.
   */
  keys: string[];
  /** How the first key is shown. */
  shown?: string;
  run: () => void;
}

/** What only the page can do, such as putting the focus somewhere, is hung in here by the window. */
export const hooks = {
  focusSearch: () => {},
  openSearchForm: () => {},
  focusList: () => {},
  followList: () => {},
  /** Whether keys that nobody else takes mean the list. */
  hasListFocus: () => false as boolean,
  /** How far below the top of the list the row of the cursor stands, in pixels; null where it is not seen. */
  topOfCursor: () => null as number | null,
  /** Puts a row at the top of the list. */
  showFirst: (_index: number) => {},
  /** Opens the menu of how the list looks. */
  openLook: () => {},
  /** Opens a letter of the conversation. */
  unfold: (_email: string) => {},
  /** Opens every letter of the conversation, or folds all but the newest. */
  unfoldAll: () => {},
  /** Puts the keyboard on a row of the folder pane that has only just come. */
  focusFolder: (_key: string) => {},
  dragWithKeys: (_operation: "move" | "copy") => {},
};

const window_ = useWindow.getState;

/** The focus comes along, so that Enter and the arrows mean the list next; who reads keeps it in the letters. */
function walk(rows: number): void {
  void stepBy(rows, "only");
  hooks.followList();
}

/** Goes on to what was found. `false`: nothing is searched for. */
function goesToFound(step: 1 | -1): boolean {
  const { open, found } = useFind.getState();
  // What was found in a letter that is about to go is nobody's goal any more.
  if (open || (found.length > 0 && !isGoing())) findNext(step);
  else if (marksToCome()) findWhenMarked(step);
  else return false;
  return true;
}

/** The next unread conversation, unless somebody reads a letter within a letter and means to stay there. */
function goOnToUnread(): void {
  if (letterInFront(window_()) === null) void nextUnread();
}

function findOn(step: 1 | -1): void {
  if (!goesToFound(step)) openFind();
}

export const commands = {
  compose: { keys: ["c"], shown: "C", run: () => void compose() },
  reply: { keys: ["r"], shown: "R", run: () => void answer("reply") },
  replyAll: { keys: ["a"], shown: "A", run: () => void answer("replyAll") },
  forward: { keys: ["f"], shown: "F", run: () => void answer("forward") },
  archive: { keys: ["e"], shown: "E", run: () => void archive() },
  junk: { keys: ["!"], shown: "!", run: () => void junk() },
  delete: { keys: ["#", "Delete"], shown: "#", run: () => void remove() },
  star: { keys: ["s"], shown: "S", run: () => void star() },
  toggleRead: { keys: ["u"], shown: "U", run: () => void toggleRead() },
  markUnread: { keys: [], run: () => void markUnread() },
  move: { keys: ["v"], shown: "V", run: () => window_().ask({ kind: "move" }) },
  copy: { keys: ["V"], shown: "Shift V", run: () => window_().ask({ kind: "copy" }) },
  openWindow: { keys: ["w"], shown: "W", run: () => void openInWindow() },
  mute: { keys: ["m"], shown: "M", run: () => void mute() },
  unite: { keys: ["J"], shown: "Shift J", run: () => void unite() },
  takeOut: { keys: ["x"], shown: "X", run: () => void takeOut() },
  drag: { keys: ["d"], shown: "D", run: () => hooks.dragWithKeys("move") },
  dragCopy: { keys: ["D"], shown: "Shift D", run: () => hooks.dragWithKeys("copy") },
  nextUnread: { keys: [], run: () => void nextUnread() },
  onward: {
    keys: [" "],
    shown: "Space",
    run: () => {
      if (!scrollOn() && !isComing()) goOnToUnread();
    },
  },
  back: { keys: ["Shift+ "], shown: "Shift Space", run: () => void scrollOn(true) },
  nextLetter: {
    keys: ["."],
    shown: ".",
    run: () => {
      if (!stepLetter(1)) walk(1);
    },
  },
  previousLetter: {
    keys: [","],
    shown: ",",
    run: () => {
      if (!stepLetter(-1)) walk(-1);
    },
  },
  unfoldAll: { keys: [";"], shown: ";", run: () => hooks.unfoldAll() },
  next: { keys: ["j"], shown: "J", run: () => walk(1) },
  previous: { keys: ["k"], shown: "K", run: () => walk(-1) },
  selectAll: { keys: ["Ctrl+a"], shown: "Ctrl A", run: () => void chooseAll() },
  filterUnread: { keys: ["1"], shown: "1", run: () => toggleFilter("unread") },
  filterStarred: { keys: ["2"], shown: "2", run: () => toggleFilter("starred") },
  filterAttachment: { keys: ["3"], shown: "3", run: () => toggleFilter("attachment") },
  filterToMe: { keys: ["4"], shown: "4", run: () => toggleFilter("toMe") },
  look: { keys: ["o"], shown: "O", run: () => hooks.openLook() },
  turnRound: { keys: ["R"], shown: "Shift R", run: () => turnRound() },
  grouping: { keys: ["t"], shown: "T", run: () => toggleGrouping() },
  table: { keys: ["C"], shown: "Shift C", run: () => toggleForm() },
  everywhere: { keys: [], run: () => everywhere() },
  goToDate: { keys: ["g"], shown: "G", run: () => askForDate() },
  search: { keys: ["Ctrl+k", "/"], shown: "Ctrl K", run: () => hooks.focusSearch() },
  searchForm: { keys: ["Ctrl+F"], shown: "Ctrl Shift F", run: () => hooks.openSearchForm() },
  find: { keys: ["Ctrl+f"], shown: "Ctrl F", run: () => openFind() },
  // Where nothing is searched for, it is the key that goes to what is unread.
  nextFound: {
    keys: ["n"],
    shown: "N",
    run: () => {
      if (!goesToFound(1)) goOnToUnread();
    },
  },
  previousFound: { keys: ["N"], shown: "Shift N", run: () => void goesToFound(-1) },
  // These two never mean anything but finding: where nothing is searched for, they ask for what.
  findNext: { keys: ["F3"], shown: "F3", run: () => findOn(1) },
  findPrevious: { keys: ["Shift+F3"], shown: "Shift F3", run: () => findOn(-1) },
  print: {
    keys: ["Ctrl+p"],
    shown: "Ctrl P",
    run: () => void forOpen(printLetter),
  },
  source: { keys: ["Ctrl+u"], shown: "Ctrl U", run: () => void forOpen(showSource) },
  asText: { keys: ["T"], shown: "Shift T", run: () => void forSeen(togglePlain) },
  original: { keys: ["O"], shown: "Shift O", run: () => void forSeen(toggleOriginal) },
  images: { keys: ["I"], shown: "Shift I", run: () => void forSeen(toggleImages) },
  charset: { keys: ["Ctrl+U"], shown: "Ctrl Shift U", run: () => void forOpen(chooseCharset) },
  attachments: { keys: ["y"], shown: "Y", run: () => void forOpen(goToFiles) },
  saveAttachments: { keys: ["Ctrl+s"], shown: "Ctrl S", run: () => void forOpen(saveFilesOf) },
  files: { keys: ["B"], shown: "Shift B", run: () => browseFiles() },
  invitation: { keys: ["Y"], shown: "Shift Y", run: () => void forOpen(goToInvitation) },
  larger: { keys: ["Ctrl++", "Ctrl+=", "+", "="], shown: "Ctrl +", run: () => resizeLetters(1) },
  smaller: { keys: ["Ctrl+-", "-"], shown: "Ctrl -", run: () => resizeLetters(-1) },
  usualSize: { keys: ["Ctrl+0", "0"], shown: "Ctrl 0", run: () => resizeLetters(0) },
  emptyFolder: { keys: ["Ctrl+Delete"], shown: "Ctrl Delete", run: () => askToEmpty() },
  undo: { keys: ["Ctrl+z"], shown: "Ctrl Z", run: () => void undoNewest() },
  checkMail: { keys: ["F5"], shown: "F5", run: () => void attempt(() => backend().syncNow(null)) },
  pause: { keys: ["p"], shown: "P", run: () => void pauseOrResumeAll() },
  keys: { keys: ["?"], shown: "?", run: () => window_().ask({ kind: "keys" }) },
  subscriptions: {
    keys: ["Ctrl+L"],
    shown: "Ctrl Shift L",
    run: () => window_().ask({ kind: "subscriptions" }),
  },
  trackers: { keys: ["Ctrl+Y"], shown: "Ctrl Shift Y", run: () => window_().ask({ kind: "trackers" }) },
  who: { keys: ["i"], shown: "I", run: () => void forOpen(showWho) },
  leaveList: { keys: ["l"], shown: "L", run: () => void forOpen(askToLeave) },
  settings: { keys: ["Ctrl+,"], shown: "Ctrl ,", run: () => window_().ask({ kind: "settings" }) },
  addAccount: { keys: [], run: () => window_().setAddingAccount(true) },
  themeSystem: { keys: [], run: () => chooseTheme("system") },
  themeLight: { keys: [], run: () => chooseTheme("light") },
  themeDark: { keys: [], run: () => chooseTheme("dark") },
} satisfies Record<string, Command>;

export type CommandName = keyof typeof commands;

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

/** These go elsewhere in the list. */
const stepping: ReadonlySet<CommandName> = new Set(["next", "previous", "selectAll"]);
/** These open something that takes the keys. */
const opening: ReadonlySet<CommandName> = new Set([
  ...(["reply", "replyAll", "forward", "move", "copy", "openWindow", "drag", "dragCopy"] as const),
  ...(["print", "source", "who", "leaveList", "charset", "attachments", "invitation"] as const),
]);
/** What is done to what is chosen, or in its order. All else is done at once. */
const inTurn: ReadonlySet<CommandName> = new Set([
  ...stepping,
  ...opening,
  ...(["archive", "junk", "delete", "star", "toggleRead", "markUnread", "mute", "unite", "takeOut"] as const),
  ...(["asText", "original", "images", "saveAttachments", "undo"] as const),
]);
/** What waits for its turn, and how often the person had chosen when it was said. */
const waiting: { name: CommandName; choices: number }[] = [];

/** What is done to what is chosen waits until it is known what that is, and then comes in the order in which it was said. */
export function run(name: CommandName): void {
  // These keys are meant for what will be open in a moment.
  if (waiting.some((each) => opening.has(each.name))) return;
  if (!inTurn.has(name) || (settling() === null && waiting.length === 0)) return commands[name].run();
  waiting.push({ name, choices: useSelection.getState().choices });
  if (waiting.length === 1) void goOn();
}

async function goOn(): Promise<void> {
  for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
    for (let wait = settling(); wait !== null; wait = settling()) await wait;
    waiting.shift();
    const { choices } = useSelection.getState();
    if (next.name === "undo" || next.choices === choices) {
      commands[next.name].run();
      // What was said after a step is meant for where it leads.
      const further = useSelection.getState().choices;
      for (const each of waiting) if (each.choices === choices) each.choices = further;
    } else if (!stepping.has(next.name)) {
      // It was meant for what was chosen then.
      toast(say("chosen-meanwhile"), { lasts: 6000 });
    }
  }
}

/** The key as it is shown in tooltips and menus. */
export function shortcut(name: CommandName): string | undefined {
  const command: Command = commands[name];
  return command.shown;
}

/** Which command a key event means, if any. */
export function commandFor(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey"> & { shiftKey?: boolean },
): CommandName | null {
  if (event.altKey) return null;
  const held = event.ctrlKey || event.metaKey;
  const names = Object.keys(commands) as CommandName[];
  const named = (key: string) => names.find((name) => (commands[name] as Command).keys.includes(key)) ?? null;
  if (!held) {
    // A letter says by itself that Shift is held; another key means the same with it, unless it has a meaning of its own.
    const shifted = event.shiftKey === true && event.key.length > 1 ? named(`Shift+${event.key}`) : null;
    const name = shifted ?? named(event.key);
    // The shift lock asks nobody for pictures: this is the one letter by which something leaves the machine.
    return name === "images" && event.shiftKey === false ? named(event.key.toLowerCase()) : name;
  }
  // With Shift too, where that means something else; the shift lock changes nothing.
  const withShift = event.shiftKey === true ? named(`Ctrl+${event.key.toUpperCase()}`) : null;
  return withShift ?? named(`Ctrl+${event.key.length === 1 ? event.key.toLowerCase() : event.key}`);
}
