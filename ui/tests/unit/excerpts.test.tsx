// Excerpts are asked for when nothing new has been drawn for a moment, for rows that are there, and shown for no other search.
import { act, render, renderHook, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { setBackend } from "../../src/ipc";
import type { ExcerptView, RowView } from "../../src/ipc/backend";
import { openMemory } from "../../src/ipc/memory";
import { useExcerpt } from "../../src/state/excerpts";
import { useFoundThere } from "../../src/state/foundThere";
import { useWindow } from "../../src/state/window";
import { Beginning, fromFirstFound, shortened } from "../../src/views/main/list/Beginning";

const row = (email: string, preview = "How it begins"): RowView => ({ email, preview, size: 9 }) as RowView;
const text = (said: string): ExcerptView => ({ kind: "text", said: { text: said, marks: [] } });

/** What was asked, and how the next questions are answered. */
const asked: [string, string[]][] = [];
let answer: (query: string, emails: string[]) => Promise<(ExcerptView | null)[]>;

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  answer = (query, emails) => Promise.resolve(emails.map((email) => text(`${query} in ${email}`)));
  setBackend({
    ...openMemory(new URLSearchParams()),
    excerpts: (query, emails) => {
      asked.push([query, emails]);
      return answer(query, emails);
    },
  });
});
afterEach(() => {
  act(() => useWindow.getState().go({ kind: "allInboxes" }));
  vi.useRealTimers();
});

const type = (query: string) => act(() => useWindow.getState().search(query));
const pass = (time: number) => act(() => vi.advanceTimersByTimeAsync(time));

it("asks for nothing while one types, and once for all rows that are there then", async () => {
  type("ke");
  const rows = renderHook(() => [useExcerpt(row("a")), useExcerpt(row("b"))]);
  await pass(100);
  type("kett");
  await pass(170);
  expect(asked).toEqual([]);
  await pass(20);
  expect(asked).toEqual([["kett", ["a", "b"]]]);
  expect(rows.result.current).toEqual([text("kett in a"), text("kett in b")]);
  await pass(1000);
  expect(asked, "and no more").toHaveLength(1);
});

it("asks for some rows at a time, and for none that has gone", async () => {
  type("kettle");
  const late: (() => void)[] = [];
  answer = (query, emails) =>
    new Promise((resolve) => late.push(() => resolve(emails.map((email) => text(`${query} in ${email}`)))));
  const names = Array.from({ length: 9 }, (_, at) => `row ${at}`);
  const all = names.map((name) => renderHook(() => useExcerpt(row(name))));
  await pass(200);
  expect(asked).toEqual([["kettle", names.slice(0, 6)]]);
  all[7]?.unmount();
  await act(() => Promise.resolve(late.shift()?.()));
  await pass(0);
  expect(asked.slice(1), "the next when these are answered").toEqual([["kettle", ["row 6", "row 8"]]]);
  await act(() => Promise.resolve(late.shift()?.()));
  expect(asked).toHaveLength(2);
});

it("shows no answer of another search, and what it has until another comes", async () => {
  type("kettle");
  const { result } = renderHook(() => useExcerpt(row("a")));
  await pass(200);
  expect(result.current).toEqual(text("kettle in a"));
  const late: (() => void)[] = [];
  answer = (query) => new Promise((resolve) => late.push(() => resolve([text(`late ${query}`)])));
  type("kettles");
  await pass(200);
  expect(result.current, "nothing flickers").toEqual(text("kettle in a"));
  type("kettle s");
  await act(() => Promise.resolve(late.shift()?.()));
  expect(result.current, "an answer that comes late is not shown").toEqual(text("kettle in a"));
  await pass(200);
  await act(() => Promise.resolve(late.shift()?.()));
  expect(result.current).toEqual(text("late kettle s"));
  act(() => useWindow.getState().go({ kind: "starred" }));
  expect(result.current, "a folder has none").toBeNull();
  answer = (_, emails) => Promise.resolve(emails.map(() => null));
  type("lamp");
  expect(result.current, "nor the next search those of the last").toBeNull();
});

it("asks again, after a rest, for what was not answered, and when the letter is another", async () => {
  type("kettle");
  answer = () => Promise.resolve([]);
  const { result, rerender } = renderHook(({ preview }) => useExcerpt(row("a", preview)), {
    initialProps: { preview: "" },
  });
  await pass(200);
  expect(asked).toHaveLength(1);
  answer = (_, emails) => Promise.resolve(emails.map(() => null));
  await pass(150);
  expect(asked, "not at once").toHaveLength(1);
  await pass(30);
  expect(asked).toHaveLength(2);
  expect(result.current).toBeNull();
  rerender({ preview: "Its text has come" });
  await pass(200);
  expect(asked).toHaveLength(3);
  answer = () => Promise.reject(new Error("no"));
  rerender({ preview: "Once more" });
  await pass(2000);
  expect(asked, "a failure is not repeated").toHaveLength(4);
});

it("marks what was found, and says in which file", async () => {
  type("4711");
  const said = { text: "no. 4711", marks: [[4, 8]] as [number, number][] };
  const kinds: ExcerptView[] = [
    { kind: "text", said },
    { kind: "fileName", said },
    { kind: "inFile", name: "invoice.pdf", said },
    { kind: "inSomeFile" },
    { kind: "nameAndText", name: { text: "plan-4711.pdf", marks: [[5, 9]] }, said },
    { kind: "elsewhere" },
  ];
  answer = () => Promise.resolve(kinds);
  render(
    <>
      {kinds.map(({ kind }) => (
        <p key={kind}>
          <Beginning row={row(kind)} />
        </p>
      ))}
    </>,
  );
  await pass(200);
  const lines = [...document.querySelectorAll("p")].map(({ textContent }) => textContent);
  expect(lines).toEqual([
    "no. 4711",
    "Attached: no. 4711",
    "In invoice.pdf: no. 4711",
    "In one of its files",
    "Attached: plan-4711.pdf · no. 4711",
    "In what is not on this computer yet",
  ]);
  expect(screen.getAllByText("4711").map(({ tagName }) => tagName)).toEqual(Array(5).fill("MARK"));
});

it("knows a letter that a server found as one of the server's until its text is here", async () => {
  type("sandbank");
  useFoundThere.setState({ query: "sandbank", emails: new Set(["a", "b"]) });
  let isHere = false;
  answer = (query, emails) =>
    Promise.resolve(emails.map((email) => (email === "b" || !isHere ? { kind: "elsewhere" } : text(query))));
  const { result, rerender } = renderHook(
    ({ preview }) => [useExcerpt(row("a", preview)), useExcerpt(row("b"))],
    { initialProps: { preview: "" } },
  );
  await pass(200);
  expect(result.current).toEqual([{ kind: "elsewhere" }, { kind: "elsewhere" }]);
  expect([...useFoundThere.getState().emails]).toEqual(["a", "b"]);
  isHere = true;
  rerender({ preview: "By the sandbank" });
  await pass(200);
  expect(result.current[0]).toEqual(text("sandbank"));
  expect([...useFoundThere.getState().emails], "only the other is marked so").toEqual(["b"]);
  answer = () => Promise.reject(new Error("no"));
  rerender({ preview: "Another" });
  await pass(200);
  expect([...useFoundThere.getState().emails], "without an answer nothing is known").toEqual(["b"]);
});

it("leaves out the middle of a long name, and never its ending", () => {
  expect(shortened("invoice.pdf")).toBe("invoice.pdf");
  expect(shortened("the third invoice of the harbour trust.pdf")).toBe("the third…rust.pdf");
});

it("begins where rows stand closely a little before the word that the row does not show otherwise", () => {
  const plain = (text: string) => ({ text, marked: false });
  const marked = (text: string) => ({ text, marked: true });
  const shown = (
    pieces: { text: string; marked: boolean }[],
    seen: { text: string; marked: boolean }[] = [],
  ) =>
    fromFirstFound(pieces, seen)
      ?.map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
      .join("") ?? null;
  expect(shown([plain("Dear Lena, the lamp is lit")]), "nothing was found here").toBeNull();
  expect(shown([plain("Dear "), marked("Lena"), plain(", the lamp")])).toBe("Dear [Lena], the lamp");
  expect(shown([plain("Dear Lena, here is all that the "), marked("lamp"), plain(" needs")])).toBe(
    "… that the [lamp] needs",
  );
  expect(shown([plain("x".repeat(40)), marked("lamp")]), "no space is near").toBe("… [lamp]");
  const both = [marked("Lamp"), plain(" and its own old "), marked("glass")];
  expect(shown(both, [marked("lamp"), plain(" room")]), "of what the subject says it need not tell").toBe(
    "… its own old [glass]",
  );
  expect(shown([marked("Lamp"), plain(" and glass")], [marked("lamp")])).toBeNull();
});
