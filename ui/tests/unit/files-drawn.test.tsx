// The sheet of the browser of files gives all buttons in it what they know of it, so it is not drawn anew for each file that is chosen.
import { QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { Dialog } from "../../src/components/Dialog";
import { setBackend } from "../../src/ipc";
import { openMemory } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { Files } from "../../src/views/main/questions/Files";

vi.mock("../../src/components/Dialog", { spy: true });

it("is drawn once, whatever is chosen or typed in it", async () => {
  const engine = openMemory(new URLSearchParams());
  setBackend(engine);
  engine.receive({ subject: "Maps", files: [["map.pdf", "application/pdf", 900]] });
  render(
    <QueryClientProvider client={client}>
      <Files
        source={{ kind: "mailboxes", mailboxes: ["lena-inbox"] }}
        name="Inbox"
        onClose={() => undefined}
      />
    </QueryClientProvider>,
  );
  const box = await screen.findByRole("checkbox", { name: "Select map.pdf" });
  const before = vi.mocked(Dialog).mock.calls.length;
  fireEvent.click(box);
  expect(await screen.findByRole("button", { name: "Save 1 file" })).toBeDefined();
  fireEvent.change(screen.getByRole("textbox"), { target: { value: "map" } });
  expect(vi.mocked(Dialog).mock.calls.length).toBe(before);
});
