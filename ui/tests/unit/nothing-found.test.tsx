// A list of results that is empty says why: words that no letter has, or a query that is odd.
import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { setBackend } from "../../src/ipc";
import { openMemory } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { usual } from "../../src/state/looks";
import { noFilter } from "../../src/state/window";
import { say } from "../../src/words";
import { Nothing } from "../../src/views/main/list/Nothing";

beforeEach(() => {
  client.clear();
  setBackend(openMemory(new URLSearchParams()));
});

function nothing(query: string) {
  const { by, reversed, grouping } = usual;
  const listing = {
    source: { kind: "search" as const, query },
    filter: noFilter,
    order: { by, reversed },
    grouping,
  };
  render(
    <QueryClientProvider client={client}>
      <Nothing listing={listing} title="Results" failure={null} onRetry={() => undefined} />
    </QueryClientProvider>,
  );
}

it("says that no letter has the words", async () => {
  nothing("zebra crossing");
  expect(await screen.findByText(/No letter has all of these words/)).toBeTruthy();
});

it("leads to what is odd about the query, which stands above, and says nothing of its words", async () => {
  nothing("zebra before:noon larger:life");
  expect(await screen.findByText(say("empty-search-odd"))).toBeTruthy();
  expect(screen.queryByText(/No letter has all of these words/)).toBeNull();
});
