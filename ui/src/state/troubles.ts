// The one table that maps a kind of trouble to a sentence and to the button that helps. What a button does is decided
// where it stands; the words themselves are in the word files.
import type { TroubleKind, TroubleView } from "../ipc/backend";

export type Remedy =
  "retypePassword" | "editServers" | "chooseMethod" | "tryAgain" | "openVault" | "mendForm" | "none";

export interface Help {
  /** The word that says what happened; it may use $server. */
  sentence: string;
  remedy: Remedy;
  /** The word on the button, where there is one. */
  button: string | null;
}

export function helpFor(kind: TroubleKind): Help {
  return HELP[kind];
}

/** The server's own words or the engine's sentence, for the small print below ours. */
export function smallPrint(trouble: TroubleView): string | null {
  return trouble.detail?.trim() || null;
}

/** Whatever a call was rejected with, as a trouble: a bug must show as a sentence too. */
export function troubleOf(reason: unknown): TroubleView {
  if (isTrouble(reason)) return reason;
  const sentence = reason instanceof Error ? reason.message : String(reason);
  return { kind: "badAnswer", sentence, detail: null };
}

function isTrouble(reason: unknown): reason is TroubleView {
  return (
    typeof reason === "object" &&
    reason !== null &&
    "kind" in reason &&
    typeof reason.kind === "string" &&
    reason.kind in HELP &&
    "sentence" in reason
  );
}

const HELP: Record<TroubleKind, Help> = {
  wrongPassword: {
    sentence: "trouble-wrong-password",
    remedy: "retypePassword",
    button: "remedy-retype-password",
  },
  signInEnded: { sentence: "trouble-sign-in-ended", remedy: "tryAgain", button: "remedy-sign-in" },
  changedCertificate: {
    sentence: "trouble-changed-certificate",
    remedy: "editServers",
    button: "remedy-look-at-certificate",
  },
  badCertificate: { sentence: "trouble-bad-certificate", remedy: "editServers", button: "remedy-check-name" },
  unreachable: { sentence: "trouble-unreachable", remedy: "editServers", button: "remedy-edit-servers" },
  wrongPort: { sentence: "trouble-wrong-port", remedy: "editServers", button: "remedy-edit-servers" },
  methodRefused: {
    sentence: "trouble-method-refused",
    remedy: "chooseMethod",
    button: "remedy-choose-method",
  },
  refused: { sentence: "trouble-refused", remedy: "tryAgain", button: "remedy-try-again" },
  badAnswer: { sentence: "trouble-bad-answer", remedy: "editServers", button: "remedy-edit-servers" },
  diskFull: { sentence: "trouble-disk-full", remedy: "tryAgain", button: "remedy-try-again" },
  store: { sentence: "trouble-store", remedy: "tryAgain", button: "remedy-try-again" },
  vault: { sentence: "trouble-vault", remedy: "openVault", button: "remedy-open-vault" },
  gone: { sentence: "trouble-gone", remedy: "none", button: null },
  invalid: { sentence: "trouble-invalid", remedy: "mendForm", button: "remedy-mend-form" },
};
