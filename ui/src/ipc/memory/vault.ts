// The vault in memory. The scene decides how it is found: ?scene=locked wants the passphrase "correct horse", with
// ?scene=keyring-locked the keyring does not open before it is asked for the second time, and after ?scene=last-run the
// passwords were kept until the window was closed.
import type { VaultView } from "../backend";
import { reject } from "./world";

export interface MemoryVault {
  state(): VaultView;
  unlock(passphrase: string): VaultView;
  askAgain(): VaultView;
  forget(): VaultView;
  thisRun(): VaultView;
}

const REASON = "The system's keyring could not be used: it is locked, or access was refused";

export function vaultOf(scene: string): MemoryVault {
  let now: VaultView = { kind: "open", keeper: "keyring" };
  let refusals = 1;
  if (scene === "locked") now = { kind: "locked" };
  if (scene === "keyring-locked") now = { kind: "unavailable", reason: REASON, keptBy: "keyring" };
  if (scene === "last-run") now = { kind: "unavailable", reason: "no keyring is running", keptBy: "thisRun" };
  return {
    state: () => now,
    unlock: (passphrase) => {
      if (now.kind === "locked" && passphrase !== "correct horse")
        reject("vault", "That is not the passphrase.");
      now = { kind: "open", keeper: "passphrase" };
      return now;
    },
    askAgain: () => {
      if (refusals > 0) refusals -= 1;
      else now = { kind: "open", keeper: "keyring" };
      return now;
    },
    forget: () => {
      now = { kind: "unavailable", reason: "no keyring is running", keptBy: "passphrase" };
      return now;
    },
    thisRun: () => {
      now = { kind: "open", keeper: "thisRun" };
      return now;
    },
  };
}
