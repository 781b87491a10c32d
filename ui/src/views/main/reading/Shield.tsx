// The line that says what a letter wanted to fetch and did not get, and how to allow the pictures.
import { Button as AriaButton } from "react-aria-components";
import { Icon } from "../../../components/Icon";
import { say } from "../../../words";
import styles from "./Letter.module.css";

export interface ShieldProps {
  images: number;
  trackers: number;
  /** How the sender is called. */
  sender: string;
  onShow: () => void;
  /** Left out where nobody is to be trusted for good. */
  onAlways?: () => void;
}

export function Shield({ images, trackers, sender, onShow, onAlways }: ShieldProps) {
  if (images === 0 && trackers === 0) return null;
  const parts = {
    images: say("shield-images", { n: images }),
    trackers: say("shield-trackers", { n: trackers }),
  };
  const sentence =
    images > 0 && trackers > 0
      ? say("shield-both", parts)
      : say("shield-one", { what: images > 0 ? parts.images : parts.trackers });
  return (
    <div className={styles.shield}>
      <Icon name="shield" />
      <span>{sentence}</span>
      {images > 0 && (
        <span className={styles.allows}>
          <AriaButton className={styles.allow ?? ""} onPress={onShow}>
            {say("shield-show")}
          </AriaButton>
          {onAlways !== undefined && (
            <AriaButton className={styles.allow ?? ""} onPress={onAlways}>
              {say("shield-always", { name: sender })}
            </AriaButton>
          )}
        </span>
      )}
    </div>
  );
}
