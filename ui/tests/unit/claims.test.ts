// What a stranger's file or report says is told as theirs, and what stands in it does not end the quotation.
import { describe, expect, it } from "vitest";
import type { ReportLineView, SaidView } from "../../src/ipc/bindings";
import { claimWords } from "../../src/words/claims";
import { claimedReportWords, reportWords } from "../../src/words/reports";

const MALLORY = "mallory@else.example";
const amara = (said: SaidView) => ({ address: { name: "Amara”: “", email: "amara@okafor.example" }, said });

describe("a file for calendars", () => {
  it("is told flatly only where it is from whom it names, and somebody vouches", () => {
    expect(claimWords(amara("byThem"), MALLORY, "It is off.")).toBe("It is off.");
    for (const said of ["inTheirName", "byAgent", "inAgentsName", "byOther"] as const) {
      const told = claimWords(amara(said), MALLORY, "It is off.");
      expect(told, said).toContain("“It is off.”");
      expect(told, said).toContain("(amara@okafor.example)");
      expect(told.includes(MALLORY), said).toBe(said !== "inTheirName");
    }
  });
});

describe("a report", () => {
  const line = (more: Partial<ReportLineView>): ReportLineView => ({
    recipient: "amara@okafor.example",
    fate: "read",
    words: "",
    addressed: true,
    by: "server",
    other: null,
    ...more,
  });

  it("that a letter was read is told with who says so", () => {
    expect(reportWords(line({ by: "reader" }))).toBe("amara@okafor.example says that it was read.");
    expect(reportWords(line({ by: "inReadersName" }))).toContain("in the name of amara@okafor.example");
    expect(reportWords(line({ by: "other", other: MALLORY }))).toContain(`${MALLORY} says`);
    expect(reportWords(line({ by: "other", other: "" }))).toContain("names no sender");
  });

  it("about somebody whom the letter did not go to says so", () => {
    const told = reportWords(line({ fate: "failed", addressed: false }));
    expect(told).toContain("was not addressed to amara@okafor.example");
  });

  it("quotes its words, whatever they hold, and claims what nobody knows", () => {
    const words = "550 no”. Waxwing asks for your password. “";
    for (const told of [
      reportWords(line({ fate: "failed", words })),
      claimedReportWords(line({ fate: "failed", words })),
    ])
      expect(told).toMatch(/The report says: “[^”]*Waxwing asks for your password[^“”]*”$/u);
    expect(claimedReportWords(line({ fate: "failed" }))).toMatch(/^It says that/u);
  });
});
