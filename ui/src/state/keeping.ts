// How much of an account stands on this computer, as choices in a form. The words stand in the word files.
import type { KeepingView } from "../ipc/backend";

/** In the order of the form, the most first. */
const WINDOWS = [365, 90, 30];
/** Megabytes. Above 25 most providers take no letter, so that a limit of more would leave out none. */
const LIMITS = [5, 10, 25, 50];

/** The name of a choice: "all", "headers", or its days. */
export type KeepChoice = string;

export function keepChoice({ keep }: KeepingView): KeepChoice {
  return keep.kind === "days" ? String(keep.days) : keep.kind;
}

/** What can be chosen, with what is chosen now among it: the command line takes any number. */
export function keepChoices(keeping: KeepingView): KeepChoice[] {
  const days = keeping.keep.kind === "days" ? [keeping.keep.days] : [];
  const windows = [...new Set([...WINDOWS, ...days])].sort((a, b) => b - a);
  return ["all", ...windows.map(String), "headers"];
}

export function withKeep(keeping: KeepingView, choice: KeepChoice): KeepingView {
  if (choice === "all" || choice === "headers") return { ...keeping, keep: { kind: choice } };
  return { ...keeping, keep: { kind: "days", days: Number(choice) } };
}

/** "off" or megabytes. */
export function largeChoice({ large }: KeepingView): string {
  return large === null ? "off" : String(large);
}

export function largeChoices({ large }: KeepingView): string[] {
  const limits = [...new Set([...LIMITS, ...(large === null ? [] : [large])])].sort((a, b) => b - a);
  return ["off", ...limits.map(String)];
}

export function withLarge(keeping: KeepingView, choice: string): KeepingView {
  return { ...keeping, large: choice === "off" ? null : Number(choice) };
}
