// Character sets that a letter may be read in, and how a person calls them.
import { say } from ".";

export const CHARSETS = [
  "utf-8",
  "windows-1252",
  "windows-1250",
  "iso-8859-2",
  "windows-1251",
  "koi8-r",
  "ibm866",
  "windows-1253",
  "windows-1254",
  "windows-1255",
  "windows-1256",
  "windows-1257",
  "windows-1258",
  "windows-874",
  "shift_jis",
  "euc-jp",
  "iso-2022-jp",
  "gb18030",
  "big5",
  "euc-kr",
  "macintosh",
] as const;

/** As the letter's look has it. */
export function charsetName(charset: string): string {
  const known = CHARSETS.find((set) => set === charset);
  return known === undefined ? charset : say(`charset-${known.replace("_", "-")}`);
}
