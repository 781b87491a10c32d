// When a letter came, and when it says it was written.
import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { HeadOfLetter } from "../../src/views/main/reading/ReadLetter";
import { When, Written } from "../../src/views/main/reading/When";

const CAME = new Date(2026, 10, 27, 0, 24).getTime();
const TODAY = new Date(2026, 10, 27).getTime();
const HOUR = 3_600_000;

function show(sent: number | null | undefined, at: number | null = CAME) {
  const letter: HeadOfLetter = {
    id: "a",
    subject: "",
    from: [],
    to: [],
    cc: [],
    bcc: [],
    replyTo: [],
    preview: "",
    at,
    ...(sent === undefined ? {} : { sent }),
  };
  return render(
    <>
      <When letter={letter} today={TODAY} />
      <Written letter={letter} today={TODAY} />
    </>,
  );
}

describe("the time of a letter", () => {
  it("is when it came, and beside it when it was written where that is another", () => {
    show(CAME - 28 * HOUR);
    expect(screen.getByText("00:24").title).toContain("Received");
    expect(screen.getByText("Written Wed 20:24").title).toContain("25 November 2026");
  });

  it("is told once where clocks differ a little, or the letter says none", () => {
    for (const sent of [CAME - HOUR / 2, CAME + HOUR, null, undefined]) {
      const { container, unmount } = show(sent);
      expect(container.querySelectorAll("time")).toHaveLength(1);
      unmount();
    }
    const { container } = show(undefined, null);
    expect(container.textContent, "nor where there is no moment at all").toBe("");
  });

  it("says so of a clock that is ahead", () => {
    show(CAME + 48 * HOUR);
    expect(screen.getByText(/^Written/).title).toContain("2026");
  });
});
