// What the outbox offers for each state of a letter.
import { expect, it } from "vitest";
import type { SubmissionStateView, SubmissionView } from "../../src/ipc/backend";
import { chancesOf, countsOf, stateWord } from "../../src/state/outbox";

const NOW = 1_800_000_000_000;
const letter = (state: SubmissionStateView, more: Partial<SubmissionView> = {}): SubmissionView => ({
  id: "s",
  account: "a",
  subject: "Survey",
  recipients: [],
  copyFiled: false,
  attempts: 0,
  createdAt: NOW,
  sendAt: NOW,
  holdUntil: null,
  holder: null,
  isLookedFor: false,
  progress: null,
  reports: [],
  ...more,
  state,
});

it("never offers a second sending without saying so when the first may have arrived", () => {
  const chances = chancesOf(letter({ kind: "unknown" }));
  expect(chances).toEqual({ retry: "outbox-send-again", edit: false, dismiss: true });
});

it("offers nothing while a letter is being handed over", () => {
  expect(chancesOf(letter({ kind: "sending" }))).toEqual({ retry: null, edit: false, dismiss: false });
});

it("cannot dismiss a letter that still waits: that would lose it without a word", () => {
  expect(chancesOf(letter({ kind: "waiting" })).dismiss).toBe(false);
  expect(chancesOf(letter({ kind: "waiting" })).edit).toBe(true);
});

it("names the time only while it lies ahead, and the attempts once there were some", () => {
  expect(stateWord(letter({ kind: "waiting" }, { sendAt: NOW + 60_000 }), NOW)).toBe(
    "outbox-state-waiting-until",
  );
  expect(stateWord(letter({ kind: "waiting" }), NOW)).toBe("outbox-state-waiting");
  expect(stateWord(letter({ kind: "waiting" }, { attempts: 2 }), NOW)).toBe("outbox-state-waiting-again");
});

it("tells a copy that is not filed yet from one that is", () => {
  const sent: SubmissionStateView = { kind: "sent", reply: "250 ok" };
  expect(stateWord(letter(sent), NOW)).not.toBe(stateWord(letter(sent, { copyFiled: true }), NOW));
});

it("counts what has not left yet, and apart from it what needs the person", () => {
  const states: SubmissionStateView[] = [
    { kind: "waiting" },
    { kind: "sending" },
    { kind: "sent", reply: "250 ok" },
    { kind: "failed", trouble: { kind: "refused", sentence: "No.", detail: "550 no" }, permanent: true },
    { kind: "unknown" },
  ];
  expect(countsOf(states.map((state) => letter(state)))).toEqual({ all: 4, stuck: 2 });
});

it("offers a second sending only when Sent has been searched for the first", () => {
  expect(chancesOf(letter({ kind: "unknown" }, { isLookedFor: true })).retry).toBeNull();
  expect(stateWord(letter({ kind: "unknown" }, { isLookedFor: true }), NOW)).toBe("outbox-state-looking");
});

it("tells who keeps a letter for later", () => {
  const later = { holdUntil: NOW + 7_200_000, sendAt: NOW };
  expect(stateWord(letter({ kind: "waiting" }, { ...later, holder: "here" }), NOW)).toBe(
    "outbox-state-held-here",
  );
  const sent: SubmissionStateView = { kind: "sent", reply: "250 kept" };
  expect(stateWord(letter(sent, { ...later, holder: "server" }), NOW)).toBe("outbox-state-held-server");
  expect(stateWord(letter(sent, { ...later, holder: "server", copyFiled: true }), NOW + 8_000_000)).toBe(
    "outbox-state-sent",
  );
});

it("says that a letter came back, whatever its server said at first", () => {
  const reports = [
    {
      recipient: "jonas@post.example",
      fate: "failed" as const,
      words: "550 no",
      addressed: true,
      by: "server" as const,
      other: null,
    },
  ];
  const sent: SubmissionStateView = { kind: "sent", reply: "250 ok" };
  expect(stateWord(letter(sent, { reports, copyFiled: true }), NOW)).toBe("outbox-state-returned");
});
