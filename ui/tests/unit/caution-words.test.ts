// What is told of a sender, and what of it is to make somebody look twice.
import { describe, expect, it } from "vitest";
import type { NoteView, WhoView } from "../../src/ipc/backend";
import { isAlarming, noteLines, verdictReason, verdictWords } from "../../src/words/caution";

const who = (verdict: WhoView["verdict"], notes: NoteView[] = []): WhoView => ({
  address: { name: "Lampen.de", email: "news@esp.example" },
  domain: "esp.example",
  verdict,
  other: null,
  server: null,
  notes,
});

describe("who a letter is from", () => {
  it("alarms at a site in the name only where it is one that is known", () => {
    const shop = who("vouched", [{ kind: "siteInName", host: "lampen.de", known: false }]);
    const forged = who("vouched", [{ kind: "siteInName", host: "paypal.com", known: true }]);
    expect(isAlarming(shop)).toBe(false);
    expect(noteLines(shop).join()).toContain("lampen.de");
    expect(isAlarming(forged)).toBe(true);
  });

  it("accuses nobody whose seal could not be looked at", () => {
    const open = who("otherUnknown");
    expect(isAlarming(open)).toBe(false);
    expect(verdictWords(open)).toContain("could not be found out");
    expect(verdictWords(open)).toContain("does not vouch");
    expect(verdictReason(open)).toBe(verdictReason(who("unknown")));
  });
});
