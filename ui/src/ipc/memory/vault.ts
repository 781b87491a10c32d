// The vault in memory. The scene decides how it is found: ?scene=locked wants the passphrase "correct horse", with
// ?scene=keyring-locked the keyring does not open before it is asked for the second time, after ?scene=last-run the passwords
// were kept until the window was closed, in ?scene=this-run the keyring is set aside, and in ?scene=typed it has come back to a
// password that was typed meanwhile.
import type { VaultView } from "../backend";
import { reject } from "./world";

export interface MemoryVault {
  state(): VaultView;
  unlock(passphrase: string): VaultView;
  askAgain(): VaultView;
  forget(): VaultView;
  thisRun(): VaultView;
  settle(account: string): VaultView;
}

const REASON = "The system's keyring could not be used: it is locked, or access was refused";

export function vaultOf(scene: string): MemoryVault {
  let typed: string[] = [];
  const open = (keeper: "keyring" | "passphrase" | "thisRun"): VaultView => ({
    kind: "open",
    keeper,
    keptBy: keeper === "thisRun" ? "keyring" : keeper,
    typed,
  });
  let now: VaultView = open("keyring");
  let refusals = 1;
  if (scene === "locked") now = { kind: "locked" };
  if (scene === "keyring-locked") now = { kind: "unavailable", reason: REASON, keptBy: "keyring" };
  if (scene === "last-run") now = { kind: "unavailable", reason: "no keyring is running", keptBy: "thisRun" };
  if (scene === "this-run") now = open("thisRun");
  if (scene === "typed") {
    typed = ["lena"];
    now = open("keyring");
  }
  return {
    state: () => now,
    unlock: (passphrase) => {
      if (now.kind === "locked" && passphrase !== "correct horse")
        reject("vault", "That is not the passphrase.");
      now = open("passphrase");
      return now;
    },
    askAgain: () => {
      if (refusals > 0) refusals -= 1;
      else now = open("keyring");
      return now;
    },
    forget: () => {
      now = { kind: "unavailable", reason: "no keyring is running", keptBy: "passphrase" };
      return now;
    },
    thisRun: () => {
      now = open("thisRun");
      return now;
    },
    settle: (account) => {
      typed = typed.filter((each) => each !== account);
      if (now.kind === "open") now = open(now.keeper);
      return now;
    },
  };
}
