// The name of a file in two halves, which is read out as one.
import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { FileName } from "../../src/views/main/reading/FileName";

function drawn(name: string) {
  const { container } = render(<FileName name={name} />);
  const texts = (selector: string) =>
    [...container.querySelectorAll(selector)].map(({ textContent }) => textContent);
  const title = container.querySelector("[title]")?.getAttribute("title");
  return { heard: texts(".visually-hidden"), seen: texts("[aria-hidden=true]"), title };
}

it("is heard whole, and seen in two halves of which the last has the ending", () => {
  const name = "Winter timetable.pdf";
  expect(drawn(name)).toEqual({ heard: [name], seen: ["Winter t", "imetable.pdf"], title: name });
});

it("stays one where there are no more signs than the end has", () => {
  const { container } = render(<FileName name="a.pdf" />);
  expect(container.textContent).toBe("a.pdf");
});

it("cuts no sign that is written with several code points", () => {
  const family = "\u{1F468}\u200d\u{1F469}\u200d\u{1F467}";
  expect(drawn(`Holiday ${family}12345678.png`).seen.join("")).toContain(family);
  expect(drawn(`Holidays${family}1234567.png`).seen).toEqual(["Holidays", `${family}1234567.png`]);
});

it("is never cut at a space, which whoever takes up the pieces one by one would lose", () => {
  expect(drawn("Minutes and notes of 2026-11.pdf").seen).toEqual(["Minutes and notes o", "f 2026-11.pdf"]);
  expect(drawn("Ferry final 26.pdf").seen, "nor in front of one").toEqual(["Ferr", "y final 26.pdf"]);
  expect(drawn("Minutes   2026-11.pdf").heard).toEqual(["Minutes   2026-11.pdf"]);
});
