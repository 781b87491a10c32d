// Files that are dragged out of the window, by the page or by the system: what is ready goes, what is dangerous is asked about first.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { handOut, makeReady, wantDragged } from "../../src/actions/dragOut";
import { setBackend } from "../../src/ipc";
import type { AttachmentView } from "../../src/ipc/backend";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { useToasts } from "../../src/state/toasts";
import { useWindow } from "../../src/state/window";

// One for all of them: no letter is ever called as another one was, and what is ready is known by that.
const engine: MemoryBackend = openMemory(new URLSearchParams());
const dragOut = engine.dragOut.bind(engine);
let asked: { part: string; sure: boolean }[];
let email: string;
let given: Map<string, string>;
const transfer = () =>
  ({ setData: (kind: string, data: string) => given.set(kind, data) }) as unknown as DataTransfer;
const file = (name: string): AttachmentView => {
  const found = engine.world.letter(email).attachments.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
};

beforeEach(() => {
  given = new Map();
  asked = [];
  engine.dragOut = (from, part, sure) => {
    asked.push({ part, sure });
    return dragOut(from, part, sure);
  };
  setBackend(engine);
  useWindow.setState({ question: null });
  useToasts.setState({ toast: null });
  email = engine.receive({
    subject: "Files",
    files: [
      ["old letters é.pdf", "application/pdf", 900],
      ["map.pdf", "application/pdf", 900],
      ["survey.pdf.exe", "application/octet-stream", 900],
    ],
  });
});

describe("a file that is dragged out of the window", () => {
  it("is handed out as what other programs find", async () => {
    await makeReady(email, file("old letters é.pdf"));
    expect(handOut(transfer(), email, file("old letters é.pdf"))).toBe(true);
    expect([...given.keys()]).toEqual(["text/uri-list"]);
    expect(given.get("text/uri-list")).toMatch(/^file:\/\/\/.*\/old%20letters%20%C3%A9\.pdf$/u);
  });

  it("is waited for where it is not ready yet, and the person is told", async () => {
    const ready = makeReady(email, file("old letters é.pdf"));
    expect(handOut(transfer(), email, file("old letters é.pdf"))).toBe(false);
    expect(given.size, "no half of a file").toBe(0);
    expect(useToasts.getState().toast?.text).toContain("Drag it again in a moment");
    await ready;
    expect(handOut(transfer(), email, file("old letters é.pdf"))).toBe(true);
  });

  it("is copied once, however often it is taken, and however slow that is", async () => {
    let go = () => {};
    const slow = new Promise<void>((done) => (go = done));
    const counted = engine.dragOut.bind(engine);
    engine.dragOut = (...question) => slow.then(() => counted(...question));
    const first = makeReady(email, file("map.pdf"));
    expect(handOut(transfer(), email, file("map.pdf"))).toBe(false);
    const again = makeReady(email, file("map.pdf"));
    go();
    await Promise.all([first, again]);
    await makeReady(email, file("map.pdf"));
    expect(handOut(transfer(), email, file("map.pdf")), "the second time it is there").toBe(true);
    expect(asked).toHaveLength(1);
  });

  it("is fetched where it is on the server alone, but not by a press that only opens it", async () => {
    const far = { ...file("map.pdf"), here: false };
    await makeReady(email, far);
    expect(asked).toEqual([]);
    expect(handOut(transfer(), email, far)).toBe(false);
    expect(asked, "now it is wanted").toEqual([{ part: far.part, sure: false }]);
    expect(useToasts.getState().toast?.text).toContain("Drag it again in a moment");
    await new Promise((done) => setTimeout(done, 0));
    expect(handOut(transfer(), email, far)).toBe(true);
  });

  it("is asked about first where it is dangerous, and goes when the person wants it", async () => {
    const danger = file("survey.pdf.exe");
    await makeReady(email, danger);
    expect(asked, "no copy is made unasked").toEqual([]);
    expect(handOut(transfer(), email, danger)).toBe(false);
    expect(useWindow.getState().question).toMatchObject({
      kind: "danger",
      name: "survey.pdf.exe",
      dragged: true,
    });
    wantDragged(email, danger.part);
    await makeReady(email, danger);
    expect(asked.map(({ sure }) => sure)).toEqual([true]);
    expect(handOut(transfer(), email, danger)).toBe(true);
  });
});

describe("a file that the system drags", () => {
  const begin = engine.beginDrag.bind(engine);
  let begun: string[];

  beforeEach(() => {
    begun = [];
    engine.world.copies.bySystem = true;
    engine.world.copies.dragged = [];
    engine.beginDrag = (token) => {
      begun.push(token);
      return begin(token);
    };
  });
  afterEach(() => {
    engine.world.copies.bySystem = false;
    engine.beginDrag = begin;
  });
  const answered = () => new Promise((done) => setTimeout(done, 0));

  it("is dragged by it and not by the page, which hands out nothing and knows no path", async () => {
    await makeReady(email, file("map.pdf"));
    expect(handOut(transfer(), email, file("map.pdf")), "the page drags nothing").toBe(false);
    await answered();
    expect(given.size).toBe(0);
    expect(engine.world.copies.dragged).toEqual(["map.pdf"]);
    expect(begun[0]).not.toContain("map");
    expect(useToasts.getState().toast, "nothing is in the way").toBeNull();
  });

  it("is dragged as often as one likes, and copied once", async () => {
    await makeReady(email, file("map.pdf"));
    handOut(transfer(), email, file("map.pdf"));
    await makeReady(email, file("map.pdf"));
    handOut(transfer(), email, file("map.pdf"));
    await answered();
    expect(engine.world.copies.dragged).toEqual(["map.pdf", "map.pdf"]);
    expect(asked).toHaveLength(1);
  });

  it("is waited for like any other", async () => {
    const ready = makeReady(email, file("map.pdf"));
    handOut(transfer(), email, file("map.pdf"));
    expect(useToasts.getState().toast?.text).toContain("Drag it again in a moment");
    await ready;
    expect(begun, "no drag begins when the hand is long elsewhere").toEqual([]);
  });

  it("is copied anew after its copy was put away, and that is said", async () => {
    await makeReady(email, file("map.pdf"));
    engine.world.copies.ready.clear();
    handOut(transfer(), email, file("map.pdf"));
    await answered();
    expect(engine.world.copies.dragged).toEqual([]);
    expect(useToasts.getState().toast?.text).toContain("The copy of the file is gone");
    await makeReady(email, file("map.pdf"));
    handOut(transfer(), email, file("map.pdf"));
    await answered();
    expect(engine.world.copies.dragged).toEqual(["map.pdf"]);
    expect(begun[1]).not.toBe(begun[0]);
  });

  it("is asked about first where it is dangerous, and nothing begins before", async () => {
    const danger = file("survey.pdf.exe");
    await makeReady(email, danger);
    expect(handOut(transfer(), email, danger)).toBe(false);
    await answered();
    expect([asked, begun]).toEqual([[], []]);
    expect(useWindow.getState().question).toMatchObject({ kind: "danger", dragged: true });
    wantDragged(email, danger.part);
    await makeReady(email, danger);
    handOut(transfer(), email, danger);
    await answered();
    expect(engine.world.copies.dragged).toEqual(["survey.pdf.exe"]);
  });
});
