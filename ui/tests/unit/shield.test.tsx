// What stands above a letter whose pictures are shown for once: what stays blocked, and how they are shown always.
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { setBackend } from "../../src/ipc";
import type { AllowedView, HoldsView, LeftOutView, RemoteView } from "../../src/ipc/backend";
import { openMemory } from "../../src/ipc/memory";
import { Shield } from "../../src/views/main/reading/Shield";

const remote: RemoteView = {
  hosts: [{ host: "img.lighthouse.example", count: 3 }],
  trackers: [{ host: "open.counter.example", service: "Counter", kind: "pixel" }],
  personalLinks: 0,
};
const nothing: LeftOutView = { styleSheets: 0, scripts: 0, forms: 0 };
const shield = (trackers: number, onAlways?: () => void) =>
  render(
    <Shield
      images={0}
      trackers={trackers}
      remote={trackers === 0 ? { ...remote, trackers: [] } : remote}
      leftOut={nothing}
      sender={{ name: "Ferry Trust", email: "post@ferry.example" }}
      house="ferry.example"
      list={null}
      holds={{ sender: true, list: false }}
      onShow={() => undefined}
      onHide={() => undefined}
      {...(onAlways && { onAlways })}
    />,
  );

it("tells of the tracker, which stays blocked, and keeps the way to always", () => {
  const { container } = shield(1, () => undefined);
  expect(container.textContent).toContain("Images are shown this once. 1 tracker blocked.");
  expect(container.textContent).toContain("img.lighthouse.example");
  expect(container.textContent).toContain("Tracked by Counter");
  for (const name of ["Hide them again", "Always from Ferry Trust", "More"])
    expect(screen.getByText(name), name).toBeTruthy();
  expect(screen.queryByText("Show images"), "they are shown").toBeNull();
});

it("says whose pictures are always shown, and takes it back from within the letter", async () => {
  const forbidden: AllowedView[] = [];
  setBackend({
    ...openMemory(new URLSearchParams()),
    forbidImages: (whose) => {
      forbidden.push(whose);
      return Promise.resolve();
    },
  });
  const always = (allowed: AllowedView | null, images = 0, hosts = remote.hosts) =>
    render(
      <Shield
        images={images}
        trackers={0}
        allowed={allowed}
        remote={{ ...remote, hosts, trackers: [] }}
        leftOut={nothing}
        sender={{ name: "Ferry Trust", email: "post@ferry.example" }}
        house={null}
        list={{
          id: "crew.ferry.example",
          name: "The crew",
          click: false,
          letter: null,
          page: null,
          leftAt: null,
        }}
        onShow={() => undefined}
      />,
    ).container;
  expect(always(null).textContent).toBe("");
  expect(always({ kind: "sender", name: "a" }, 0, []).textContent, "it has none").toBe("");
  expect(
    always({ kind: "sender", name: "a" }, 3).textContent,
    "they are not shown: nobody vouches",
  ).not.toContain("always shown");
  expect(always({ kind: "domain", name: "ferry.example" }).textContent).toContain(
    "Pictures of everybody at ferry.example are always shown.",
  );
  const whose: AllowedView = { kind: "list", name: "crew.ferry.example" };
  const line = always(whose);
  expect(line.textContent).toContain("Pictures of the list The crew are always shown.");
  expect(line.querySelector("svg"), "it warns of nothing").toBeNull();
  fireEvent.click(within(line).getByText("Change"));
  fireEvent.click(await screen.findByText("No longer show pictures from The crew"));
  await waitFor(() => expect(forbidden).toEqual([whose]));
});

describe("whose pictures may always be shown", () => {
  const crew = {
    id: "crew.ferry.example",
    name: "The crew",
    click: false,
    letter: null,
    page: null,
    leftAt: null,
  };
  const NOT_ALWAYS = "nothing proves that it is from Ferry Trust";
  const offered = (holds: HoldsView | undefined, given: { allowed?: AllowedView; once?: boolean } = {}) => {
    const chosen: AllowedView[] = [];
    const { container } = render(
      <Shield
        images={given.once === true ? 0 : 3}
        trackers={0}
        allowed={given.allowed ?? null}
        holds={holds}
        remote={{ ...remote, trackers: [] }}
        leftOut={nothing}
        sender={{ name: "Ferry Trust", email: "post@ferry.example" }}
        house="ferry.example"
        list={crew}
        onShow={() => undefined}
        {...(given.once === true ? { onHide: () => undefined } : {})}
        onAlways={(whose) => chosen.push(whose)}
      />,
    );
    return { container, chosen };
  };

  it("offers those for whom it would hold", async () => {
    const { container, chosen } = offered({ sender: true, list: true });
    expect(container.textContent).not.toContain("but not always");
    fireEvent.click(within(container).getByText("Always from Ferry Trust"));
    fireEvent.click(within(container).getByText("More"));
    expect(await screen.findByText("Always from everybody at ferry.example")).toBeTruthy();
    fireEvent.click(screen.getByText("Always from the list The crew"));
    expect(chosen).toEqual([
      { kind: "sender", name: "post@ferry.example" },
      { kind: "list", name: "crew.ferry.example" },
    ]);
  });

  it("says why it offers nobody where nobody vouches", async () => {
    for (const once of [false, true]) {
      const { container } = offered({ sender: false, list: false }, { once });
      expect(container.textContent).toContain(
        `You can show them in this letter, but not always: ${NOT_ALWAYS}.`,
      );
      expect(within(container).queryByText(/Always from/)).toBeNull();
      expect(within(container).getByText(once ? "Hide them again" : "Show images")).toBeTruthy();
      fireEvent.click(within(container).getByText("More"));
      expect(await screen.findByText("Trackers…")).toBeTruthy();
      expect(screen.queryByText(/Always from/)).toBeNull();
      cleanup();
    }
  });

  it("offers the list alone where it vouches, and its writer is not sure", () => {
    const { container, chosen } = offered({ sender: false, list: true });
    expect(container.textContent).not.toContain(NOT_ALWAYS);
    expect(within(container).queryByText("Always from Ferry Trust")).toBeNull();
    fireEvent.click(within(container).getByText("Always from the list The crew"));
    expect(chosen).toEqual([{ kind: "list", name: "crew.ferry.example" }]);
  });

  it("offers nobody before it is known, and says nothing yet", () => {
    const { container } = offered(undefined);
    expect(within(container).queryByText(/Always from/)).toBeNull();
    expect(container.textContent).not.toContain("but not always");
  });

  it("claims of no letter that it is always shown where the permission does not hold for it", () => {
    const allowed: AllowedView = { kind: "sender", name: "post@ferry.example" };
    const { container } = offered({ sender: false, list: false }, { allowed, once: true });
    expect(container.textContent).toContain("Images are shown this once.");
    expect(container.textContent).toContain("but nobody vouches that the letter is from whom it says.");
    expect(container.textContent).not.toContain("always shown");
    expect(container.textContent, "one reason is enough").not.toContain(NOT_ALWAYS);
  });
});

it("speaks of nothing blocked where nothing is", () => {
  const { container } = shield(0);
  expect(container.textContent).toContain("Images are shown this once.");
  expect(container.textContent).not.toContain("blocked");
  expect(screen.queryByText(/Always from/)).toBeNull();
});

it("tells what no letter gets, and says nothing where there was nothing", () => {
  const drawn = (leftOut: LeftOutView) =>
    render(
      <Shield
        images={0}
        trackers={0}
        remote={{ hosts: [], trackers: [], personalLinks: 0 }}
        leftOut={leftOut}
        sender={{ name: null, email: "post@ferry.example" }}
        house={null}
        list={null}
        onShow={() => undefined}
      />,
    ).container;
  const told = (leftOut: LeftOutView) => drawn(leftOut).textContent.trim();
  expect(
    drawn({ ...nothing, forms: 3 }).querySelector("svg"),
    "without a shield: it warns of nothing",
  ).toBeNull();
  expect(told({ styleSheets: 2, scripts: 1, forms: 1 })).toBe(
    "Left out: 2 style sheets from the network, 1 script, 1 form.",
  );
  expect(told({ ...nothing, forms: 3 })).toBe("Left out: 3 forms.");
  expect(told(nothing)).toBe("");
  expect(screen.queryByText("Show images"), "there is nothing to show").toBeNull();
});

it("names all whose pictures they are, when that is asked for", () => {
  const hosts = (n: number) =>
    Array.from({ length: n }, (_, at) => ({ host: `pictures${at}.example`, count: 1 }));
  const show = (n: number) =>
    render(
      <Shield
        images={n}
        trackers={0}
        remote={{ hosts: hosts(n), trackers: [], personalLinks: 0 }}
        leftOut={nothing}
        sender={{ name: "Ferry Trust", email: "post@ferry.example" }}
        house={null}
        list={null}
        holds={{ sender: true, list: false }}
        onShow={() => undefined}
      />,
    ).container;
  const three = show(3);
  expect(three.textContent, "one more is as short").toContain("pictures2.example");
  expect(screen.queryByText("Name all")).toBeNull();
  cleanup();
  const five = show(5);
  expect(five.textContent).toContain("3 more hosts");
  fireEvent.click(screen.getByText("Name all"));
  for (const { host } of hosts(5)) expect(five.textContent, host).toContain(host);
  expect(screen.queryByText("Name all")).toBeNull();
});
