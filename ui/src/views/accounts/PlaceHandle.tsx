// The handle by which an account's card goes to another place: dragged with the mouse, or with the arrow keys. Where it is now
// is said aloud.
import { useState } from "react";
import { orderAccounts } from "../../actions/accounts";
import { Icon } from "../../components/Icon";
import type { AccountView } from "../../ipc/backend";
import { called, reordered } from "../../state/accounts";
import { say } from "../../words";
import buttons from "../../components/Button.module.css";
import styles from "./Accounts.module.css";

/** What a card carries while it is dragged. No other program understands it. */
const KIND = "application/x-waxwing-account";

/** Whose card is dragged just now: what it carries can be read only where it is dropped. */
let carried: string | null = null;

export function PlaceHandle({ account, order }: { account: AccountView; order: string[] }) {
  const [told, setTold] = useState("");
  const email = called(account);
  const step = (to: 1 | -1) => {
    const next = reordered(order, account.id, to);
    if (next === order) return;
    setTold(
      say("account-placed", {
        email,
        place: String(next.indexOf(account.id) + 1),
        count: String(order.length),
      }),
    );
    void orderAccounts(next);
  };
  return (
    <>
      <button
        type="button"
        draggable
        className={[buttons.button, buttons.tool, styles.place].join(" ")}
        aria-label={say("account-place", { email })}
        title={say("account-place", { email })}
        onDragStart={(event) => {
          event.dataTransfer.setData(KIND, account.id);
          event.dataTransfer.effectAllowed = "move";
          carried = account.id;
          const card = event.currentTarget.closest("li");
          if (card !== null) event.dataTransfer.setDragImage(card, 16, 16);
        }}
        onDragEnd={() => {
          carried = null;
        }}
        onKeyDown={(event) => {
          if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
          event.preventDefault();
          step(event.key === "ArrowUp" ? -1 : 1);
        }}
      >
        <Icon name="drag" />
      </button>
      <span role="status" className="visually-hidden">
        {told}
      </span>
    </>
  );
}

/** What a card listens to, so that another one can be dropped on it, and at which edge of it that one would stand. */
export function usePlaceTarget(account: AccountView, order: string[]) {
  const [edge, setEdge] = useState<"above" | "below" | null>(null);
  return {
    "data-lands": edge ?? undefined,
    onDragOver: (event: React.DragEvent) => {
      if (!event.dataTransfer.types.includes(KIND)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "move";
      const from = order.indexOf(carried ?? "");
      const to = order.indexOf(account.id);
      setEdge(from < 0 || from === to ? null : from < to ? "below" : "above");
    },
    onDragLeave: (event: React.DragEvent) => {
      // Over what stands in the card one is still over the card.
      const { currentTarget, relatedTarget } = event;
      if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setEdge(null);
    },
    onDrop: (event: React.DragEvent) => {
      setEdge(null);
      const moved = event.dataTransfer.getData(KIND);
      if (moved === "" || moved === account.id) return;
      event.preventDefault();
      void orderAccounts(reordered(order, moved, account.id));
    },
  };
}
