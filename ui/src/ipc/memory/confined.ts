// What a letter's own window may ask of the engine in memory: no more than the shell would give it. A test of the shell holds
// these lists against its own (src-tauri/src/letter_windows.rs).
import type { Backend } from "../backend";
import { reject } from "./world";

const ALLOWED = [
  "accounts",
  "allowImages",
  "answerInvitation",
  "answerReceipt",
  "beginDrag",
  "believeCallingOff",
  "body",
  "cautionWishes",
  "closeLetter",
  "conversation",
  "dragOut",
  "files",
  "forbidImages",
  "foundInFiles",
  "handOver",
  "handOverUndo",
  "headerFields",
  "identities",
  "imagesAllowed",
  "isMuted",
  "leaveList",
  "lendKeys",
  "letters",
  "lettersWithin",
  "lookAtLink",
  "mailboxes",
  "marks",
  "missedPictures",
  "nested",
  "openAttachment",
  "openLink",
  "ownLetter",
  "page",
  "perform",
  "position",
  "preview",
  "printed",
  "putSetting",
  "saveAttachment",
  "saveAttachments",
  "saveSource",
  "setting",
  "showSaved",
  "source",
  "titleLetter",
  "trackingSenders",
  "undo",
  "waysOut",
  "who",
] satisfies (keyof Backend)[];
/** What it may do to letters. */
const DEEDS = ["setKeywords", "move", "copy", "moveToRole", "delete", "mute", "takeOut"];
/** What it may remember. */
const SETTING = "letterSize";

/** The same engine, which refuses the rest and notes in `refused` what that was. */
export function confined<T extends Backend>(engine: T, refused: string[]): T {
  return new Proxy(engine, {
    get: (target, name, receiver) => {
      const answer: unknown = Reflect.get(target, name, receiver);
      if (typeof name !== "string" || typeof answer !== "function" || name.startsWith("on")) return answer;
      return async (...asked: unknown[]): Promise<unknown> => {
        if (!may(name, asked)) {
          refused.push(name);
          reject("invalid", "That is done in the main window.");
        }
        return (await Reflect.apply(answer, target, asked)) as unknown;
      };
    },
  });
}

function may(name: string, [first]: unknown[]): boolean {
  if (name === "perform") return DEEDS.includes((first as { kind: string }).kind);
  if (name === "putSetting") return first === SETTING;
  return (ALLOWED as string[]).includes(name);
}
