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
  pictures: { sender: false, list: false },
  open: false,
});

describe("who a letter is from", () => {
  it("alarms at a site in the name only where it is one that is known", () => {
    const shop = who("vouched", [{ kind: "siteInName", host: "lampen.de", known: false }]);
    const forged = who("vouched", [{ kind: "siteInName", host: "paypal.com", known: true }]);
    expect(isAlarming(shop)).toBe(false);
    expect(noteLines(shop).join()).toContain("lampen.de");
    expect(isAlarming(forged)).toBe(true);
  });

  it("says of a letter that nobody has signed what is true of it, and is calm", () => {
    const unsigned = who("nobody");
    expect(verdictWords(unsigned)).toBe("Nothing in this letter proves that it comes from esp.example.");
    expect(isAlarming(unsigned)).toBe(false);
  });

  it("alarms at one's own address from elsewhere, and not at a scanner's in the house", () => {
    const scanner = who("nobody", [{ kind: "ownAddressWithin", domain: "esp.example" }]);
    expect(isAlarming(scanner)).toBe(false);
    expect(noteLines(scanner).join()).toContain("never left the network of esp.example");
    expect(isAlarming(who("nobody", [{ kind: "ownAddress" }]))).toBe(true);
    const unproven = who("nobody", [{ kind: "ownAddressSeemingly", domain: "esp.example" }]);
    expect(isAlarming(unproven)).toBe(true);
    expect(noteLines(unproven).join()).toContain("nobody signed in");
    expect(isAlarming(who("failed", [{ kind: "ownAddressWithin", domain: "esp.example" }]))).toBe(true);
  });

  it("accuses nobody whose seal could not be looked at", () => {
    const open = who("otherUnknown");
    expect(isAlarming(open)).toBe(false);
    expect(verdictWords(open)).toContain("could not be found out");
    expect(verdictWords(open)).toContain("Nothing in this letter proves");
    expect(verdictReason(open)).toBe(verdictReason(who("unknown")));
  });
});
