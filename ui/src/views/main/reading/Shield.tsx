// The line that says what a letter wanted to fetch and did not get, from whom, and how to allow the pictures: for once, or
// for a sender, a list or a domain; and what was left out of it that no letter gets.
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { Icon } from "../../../components/Icon";
import { Menu, type MenuEntry } from "../../../components/Menu";
import type {
  AddressView,
  AllowedView,
  HoldsView,
  LeftOutView,
  ListView,
  RemoteView,
} from "../../../ipc/backend";
import { holdsFor } from "../../../state/pictures";
import { useWindow } from "../../../state/window";
import { say } from "../../../words";
import { calledName } from "../../../words/address";
import { AlwaysShown } from "./AlwaysShown";
import { MissedLine, TryAgain } from "./MissedLine";
import type { Missed } from "./useMissed";
import { Whose } from "./Whose";
import styles from "./Letter.module.css";

export interface ShieldProps {
  images: number;
  trackers: number;
  /** The pictures are allowed, but nobody vouches that the letter is from those for whom they are. */
  held?: boolean;
  /** Whose pictures are always shown, this letter's among them. */
  allowed?: AllowedView | null;
  /** Whether somebody does is being looked into. */
  looking?: boolean;
  /** For whom the pictures could be allowed from now on; undefined as long as that is looked into. */
  holds?: HoldsView | undefined;
  remote: RemoteView;
  leftOut: LeftOutView;
  sender: AddressView;
  /** The domain whose everybody may be allowed, if there is one. */
  house: string | null;
  list: ListView | null;
  /** Left out where they cannot be looked for. */
  missed?: Missed;
  onShow: () => void;
  /** Left out where they are not shown for this once. */
  onHide?: () => void;
  /** Left out where nobody is to be trusted for good. */
  onAlways?: (whose: AllowedView) => void;
}

const NONE_MISSED: Missed = { told: undefined, all: 0, again: () => undefined };

export function Shield({
  images,
  trackers,
  held = false,
  allowed = null,
  looking = false,
  holds,
  remote,
  leftOut,
  sender,
  house,
  list,
  missed = NONE_MISSED,
  onShow,
  onHide,
  onAlways,
}: ShieldProps) {
  const ask = useWindow((state) => state.ask);
  // Offers that come later stand in the menu: beside the others they would take room that the letter has.
  const [late] = useState(onAlways !== undefined && holds === undefined);
  // What follows a letter stays blocked while its pictures are shown.
  const shown = onHide !== undefined && images === 0 && remote.hosts.length > 0;
  const gone = goneOf(leftOut);
  // Said of this letter's sender, and not honoured for it.
  const refused = allowed !== null && holdsFor(allowed, holds) === false;
  const always = allowed !== null && remote.hosts.length > 0 && !shown && !refused ? allowed : null;
  if (images === 0 && trackers === 0 && !shown)
    // It warns of nothing.
    return (
      <>
        {always !== null && <AlwaysShown whose={always} list={list} remote={remote} missed={missed} />}
        {gone !== "" && <p className={styles.leftOut}>{gone}</p>}
      </>
    );
  const parts = {
    images: say("shield-images", { n: images }),
    trackers: say("shield-trackers", { n: trackers }),
  };
  const sentence =
    images > 0 && trackers > 0
      ? say("shield-both", parts)
      : images + trackers > 0
        ? say("shield-one", { what: images > 0 ? parts.images : parts.trackers })
        : "";
  const offers = offersOf({ sender, house, list }, onAlways === undefined ? undefined : holds);
  const first = late ? undefined : offers[0];
  const others = late ? offers : offers.slice(1);
  const wanted = images > 0 || shown;
  const onceOnly =
    !late && wanted && onAlways !== undefined && holds !== undefined && first === undefined && !refused;
  const choices: MenuEntry[] = [
    ...others.map(({ whose, label }): MenuEntry => ({
      id: whose.kind,
      label,
      icon: whose.kind === "list" ? "list" : "image",
      onAction: () => onAlways?.(whose),
    })),
    ...(others.length > 0 ? (["line"] as const) : []),
    {
      id: "trackers",
      label: `${say("command-trackers")}…`,
      icon: "visible",
      onAction: () => ask({ kind: "trackers" }),
    },
  ];
  const words = (
    <>
      {sentence} {wanted && (refused || held) && <>{say(looking ? "shield-looking" : "shield-held")} </>}
      {onceOnly && <>{say("shield-once-only", { name: calledName(sender) })} </>}
      <small className={styles.hosts}>
        <Whose remote={remote} /> {gone}
      </small>
    </>
  );
  return (
    <>
      <div className={styles.shield}>
        <Icon name={shown ? "image" : "shield"} />
        {shown ? (
          <MissedLine missed={missed} remote={remote} once>
            {say("shield-shown")} {words}
          </MissedLine>
        ) : (
          <span>{words}</span>
        )}
        {wanted && (
          <span className={styles.allows}>
            {shown && <TryAgain missed={missed} />}
            <AriaButton className={styles.allow ?? ""} onPress={shown ? onHide : onShow}>
              {say(shown ? "shield-hide" : "shield-show")}
            </AriaButton>
            {onAlways !== undefined && (
              <>
                {first !== undefined && (
                  <AriaButton className={styles.allow ?? ""} onPress={() => onAlways(first.whose)}>
                    {first.label}
                  </AriaButton>
                )}
                <Menu label={say("shield-more")} entries={choices}>
                  <AriaButton className={styles.allow ?? ""} aria-label={say("shield-more")}>
                    {say("shield-more")}
                  </AriaButton>
                </Menu>
              </>
            )}
          </span>
        )}
      </div>
      {always !== null && images === 0 && (
        <AlwaysShown whose={always} list={list} remote={remote} missed={missed} />
      )}
    </>
  );
}

/** Whose pictures may be shown from now on, with what that is called: those for whom it would hold. */
function offersOf(
  { sender, house, list }: Pick<ShieldProps, "sender" | "house" | "list">,
  holds: HoldsView | undefined,
): { whose: AllowedView; label: string }[] {
  const all: { whose: AllowedView; label: string }[] = [
    {
      whose: { kind: "sender", name: sender.email },
      label: say("shield-always", { name: calledName(sender) }),
    },
  ];
  if (list !== null)
    all.push({
      whose: { kind: "list", name: list.id },
      label: say("shield-always-list", { name: list.name }),
    });
  if (house !== null)
    all.push({
      whose: { kind: "domain", name: house },
      label: say("shield-always-domain", { domain: house }),
    });
  return all.filter(({ whose }) => holdsFor(whose, holds) === true);
}

/** "Left out: 2 style sheets from the network, 1 form." */
function goneOf({ styleSheets, scripts, forms }: LeftOutView): string {
  const all = [
    styleSheets > 0 ? say("shield-sheets", { n: styleSheets }) : "",
    scripts > 0 ? say("shield-scripts", { n: scripts }) : "",
    forms > 0 ? say("shield-forms", { n: forms }) : "",
  ].filter((part) => part !== "");
  return all.length === 0 ? "" : say("shield-left-out", { what: all.join(", ") });
}
