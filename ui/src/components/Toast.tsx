// The one short sentence in the corner, with its Undo. The newest replaces the one before; a pointer or the focus on it
// keeps it there. It is a live region, so it is always in the page, mostly empty.
import { useEffect, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useToasts } from "../state/toasts";
import { say } from "../words";
import { ariaKeys, Tip } from "./Tip";
import { UnderWay } from "./UnderWay";
import styles from "./Toast.module.css";

export function ToastRegion() {
  const toast = useToasts((state) => state.toast);
  const dismiss = useToasts((state) => state.dismiss);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (toast === null || held) return;
    const timer = setTimeout(() => dismiss(toast.id), toast.lasts);
    return () => clearTimeout(timer);
  }, [toast, held, dismiss]);
  const hold = () => setHeld(true);
  const release = () => setHeld(false);
  return (
    // It stands in front of dialogs too, where it is heard and pressed, and a press on it closes none of them.
    <section aria-label={say("toast-region")} className={styles.region} data-react-aria-top-layer="">
      <div role="status" aria-live="polite">
        {toast !== null && (
          <div
            key={toast.id}
            className={[styles.toast, toast.tone === "failed" && styles.failed].filter(Boolean).join(" ")}
            onPointerEnter={hold}
            onPointerLeave={release}
            onFocus={hold}
            onBlur={release}
          >
            <span>{toast.text}</span>
            {toast.action !== undefined && (
              <Tip label={toast.action.label} shortcut={toast.action.shortcut}>
                <AriaButton
                  className={styles.action ?? ""}
                  aria-keyshortcuts={ariaKeys(toast.action.shortcut)}
                  onPress={() => {
                    dismiss(toast.id);
                    setHeld(false);
                    toast.action?.run();
                  }}
                >
                  {toast.action.label}
                </AriaButton>
              </Tip>
            )}
          </div>
        )}
      </div>
      <UnderWay />
    </section>
  );
}
