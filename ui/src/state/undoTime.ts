// How long a letter waits in the outbox so that Send can be undone: the person's choice, up to a minute.

export const UNDO_SETTING = "send.undo";
export const UNDO_CHOICES = [0, 5, 10, 20, 30, 60] as const;
const USUAL = 5;

/** The seconds that a setting stands for; what is no choice is the usual one. */
export function undoSeconds(setting: string | null): number {
  const chosen = Number(setting);
  return setting !== null && UNDO_CHOICES.some((choice) => choice === chosen) ? chosen : USUAL;
}
