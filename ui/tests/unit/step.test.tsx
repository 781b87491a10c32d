// A step to a row that is not in view: the list is drawn with it where it is seen then, and not once before.
import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen } from "@testing-library/react";
import { Profiler } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { client } from "../../src/state/client";
import { stepTo } from "../../src/state/selection";
import { ListPane } from "../../src/views/main/list/ListPane";
import { openInbox } from "./inbox";

afterEach(() => vi.unstubAllGlobals());

it("chooses and scrolls in one drawing", async () => {
  const blind = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  vi.stubGlobal("ResizeObserver", blind);
  await openInbox();
  const drawings: string[] = [];
  render(
    <QueryClientProvider client={client}>
      <Profiler id="list" onRender={(_id, phase) => drawings.push(phase)}>
        <ListPane />
      </Profiler>
    </QueryClientProvider>,
  );
  const list = await screen.findByRole("listbox");
  expect(list.scrollTop).toBe(0);
  await act(() => stepTo(3, "only"));
  drawings.length = 0;
  await act(() => stepTo(13, "only"));
  expect(list.scrollTop, "the row was below what is seen").toBeGreaterThan(0);
  // What is found out while a drawing is put into the page is drawn before anybody sees that ("nested-update").
  expect(drawings.filter((phase) => phase === "update")).toHaveLength(1);
});
