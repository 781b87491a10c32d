// Who reads a PDF says something of it alone: one that was left says nothing of the next.
import { act, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import Pages from "../../src/views/main/questions/Pages";

interface Reading {
  fail: (error: Error) => void;
  onPassword?: () => void;
}
const readings = vi.hoisted<Reading[]>(() => []);

vi.mock("pdfjs-dist/legacy/build/pdf.worker.min.mjs?url", () => ({ default: "reader.js" }));
vi.mock("pdfjs-dist/legacy/build/pdf.mjs", () => ({
  PDFWorker: vi.fn(),
  getDocument: () => {
    let fail: Reading["fail"] = () => undefined;
    const promise = new Promise((_, no) => (fail = no));
    const task = { promise, destroy: () => Promise.resolve(), fail: (error: Error) => fail(error) };
    readings.push(task);
    return task;
  },
}));

it("a file that is looked at next is not broken since the one before was left", async () => {
  vi.stubGlobal(
    "Worker",
    class {
      terminate() {
        return undefined;
      }
    },
  );
  Object.defineProperty(document, "fonts", { value: new Set(), configurable: true });
  const { rerender } = render(<Pages bytes={new Uint8Array(3)} name="first.pdf" />);
  rerender(<Pages bytes={new Uint8Array(3)} name="second.pdf" />);
  const [first, second] = readings;
  await act(async () => {
    first?.onPassword?.();
    first?.fail(new Error("it was ended"));
    await Promise.resolve();
  });
  expect(screen.queryByRole("alert"), "it was left, and says nothing").toBeNull();
  await act(async () => {
    second?.fail(new Error("no PDF"));
    await Promise.resolve();
  });
  expect(screen.getByRole("alert").textContent).toContain("cannot be");
});
