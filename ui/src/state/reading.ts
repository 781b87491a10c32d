// What the person wishes of reading: when a letter counts as read, and what is read after one that was sent away.
import { client } from "./client";
import { keys, useSetting } from "./queries";

export const AFTER_SETTING = "reading.after";
export const AFTER_CHOICES = ["next", "previous", "list"] as const;
export type After = (typeof AFTER_CHOICES)[number];

export const READ_SETTING = "reading.read";
/** Milliseconds; null is never. The usual time is long enough to pass a letter by with the arrow keys. */
export const READ_CHOICES = [0, 700, 2_000, 5_000, 10_000, null] as const;
export type ReadAfter = (typeof READ_CHOICES)[number];
const USUAL: ReadAfter = 700;

export function afterFrom(setting: string | null): After {
  return AFTER_CHOICES.find((choice) => choice === setting) ?? "next";
}

export function readAfterFrom(setting: string | null): ReadAfter {
  const found = READ_CHOICES.find((choice) => nameOfReadAfter(choice) === setting);
  return found === undefined ? USUAL : found;
}

export function nameOfReadAfter(choice: ReadAfter): string {
  return choice === null ? "never" : String(choice);
}

/** After how long a letter that is looked at counts as read. Undefined until it is known. */
export function useReadAfter(): ReadAfter | undefined {
  const { data } = useSetting(READ_SETTING);
  return data === undefined ? undefined : readAfterFrom(data);
}

/** What is read after a conversation that was sent away. */
export function goingOn(): After {
  return afterFrom(client.getQueryData<string | null>(keys.setting(AFTER_SETTING)) ?? null);
}
