// What is drawn anew while letters come: what has changed, and nothing else.
import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, renderHook, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { setBackend } from "../../src/ipc";
import type { AccountView, MailboxView, RowView } from "../../src/ipc/backend";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { keys, useAccountsAtRest, useOfMailboxes } from "../../src/state/queries";
import { fetchRow } from "../../src/state/rows";
import { noFilter, useWindow } from "../../src/state/window";
import * as times from "../../src/words/times";
import { Row, type RowProps } from "../../src/views/main/list/Row";
import { forgetList } from "./inbox";

vi.mock("../../src/words/times", { spy: true });

let engine: MemoryBackend;

beforeEach(() => {
  client.clear();
  engine = openMemory(new URLSearchParams());
  setBackend(engine);
  useWindow.setState({ place: { kind: "allInboxes" }, filter: noFilter });
});

const wrapper = ({ children }: { children: React.ReactNode }) => (
  <QueryClientProvider client={client}>{children}</QueryClientProvider>
);

describe("whoever does not show what accounts are at", () => {
  it("is drawn anew when one of them fails, and not with every letter that comes", async () => {
    const accounts = await engine.accounts();
    const at = (activity: AccountView["activity"]) =>
      act(() => {
        client.setQueryData<AccountView[]>(
          keys.accounts,
          accounts.map((account) => ({ ...account, activity })),
        );
        return Promise.resolve();
      });
    await at({ kind: "connecting" });
    let drawn = 0;
    const { result } = renderHook(
      () => {
        drawn += 1;
        return useAccountsAtRest().data;
      },
      { wrapper },
    );
    const before = drawn;
    for (let done = 0; done < 5; done++) await at({ kind: "syncing", done, total: 5, secondsLeft: null });
    await at({ kind: "upToDate", checkedAt: 0, shut: [] });
    expect(drawn).toBe(before);
    await at({ kind: "failed", trouble: { kind: "unreachable", sentence: "No.", detail: null } });
    expect(drawn).toBe(before + 1);
    expect(result.current?.[0]?.activity.kind).toBe("failed");
  });
});

describe("whoever needs the name of a folder", () => {
  it("is drawn anew when it has another, and not when letters come into it", async () => {
    const mailboxes = await engine.mailboxes();
    const tell = (change: Partial<MailboxView>) =>
      act(() => {
        client.setQueryData<MailboxView[]>(
          keys.mailboxes,
          mailboxes.map((mailbox) => ({ ...mailbox, ...change })),
        );
        return Promise.resolve();
      });
    await tell({ name: "Inbox" });
    let drawn = 0;
    const { result } = renderHook(
      () => {
        drawn += 1;
        return useOfMailboxes((all) => all[0]?.name);
      },
      { wrapper },
    );
    const before = drawn;
    for (let total = 0; total < 5; total++) await tell({ name: "Inbox", total, unread: total });
    expect(drawn).toBe(before);
    await tell({ name: "Post" });
    expect(drawn).toBe(before + 1);
    expect(result.current).toBe("Post");
  });
});

describe("a row", () => {
  const nothing = () => undefined;
  const looks: Omit<RowProps, "row"> = {
    index: 0,
    total: 10,
    top: 0,
    form: "lines",
    density: "normal",
    selected: false,
    current: undefined,
    joining: false,
    today: 0,
    onPress: nothing,
    onTwice: nothing,
  };
  const show = (row: RowView, more: Partial<RowProps> = {}) => (
    <div role="listbox">
      <Row {...looks} {...more} row={row} />
    </div>
  );

  it("says anew what it says when that is different, or the day, and not when others come above it", async () => {
    forgetList();
    const row = await fetchRow(0);
    if (row === undefined) throw new Error("There is a row.");
    const said = vi.mocked(times.fullTime);
    const { rerender } = render(show(row));
    expect(said).toHaveBeenCalledTimes(1);
    rerender(show(structuredClone(row), { index: 3, total: 13, top: 300, selected: true }));
    expect(said, "it was fetched again, and says the same").toHaveBeenCalledTimes(1);
    const option = screen.getByRole("option");
    expect(option.getAttribute("aria-posinset")).toBe("4");
    expect(option.getAttribute("aria-setsize")).toBe("13");
    expect(option.getAttribute("aria-selected")).toBe("true");
    rerender(show({ ...row, subject: "Other words" }));
    expect(option.textContent).toContain("Other words");
    rerender(show({ ...row, subject: "Other words" }, { today: 1 }));
    expect(said, "what was of today is of yesterday").toHaveBeenCalledTimes(3);
  });
});
