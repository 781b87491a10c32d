// A question in front of everything. Escape and a press beside it close it where that is safe.
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useHeldFocus } from "./useHeldFocus";
import styles from "./Dialog.module.css";

export interface DialogProps {
  title: string;
  onClose: () => void;
  children: React.ReactNode;
  /** Whether a press beside it or Escape closes it. */
  dismissable?: boolean;
  wide?: boolean;
  /** As large as the window has room, for what is looked at. */
  large?: boolean;
  role?: "dialog" | "alertdialog";
  /** The id of what is read out with the title. */
  describedBy?: string | undefined;
}

export function Dialog({
  title,
  onClose,
  children,
  dismissable = true,
  wide = false,
  large = false,
  role = "dialog",
  describedBy,
}: DialogProps) {
  const sheet = useHeldFocus<HTMLElement>();
  return (
    <ModalOverlay
      isOpen
      isDismissable={dismissable}
      isKeyboardDismissDisabled={!dismissable}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={styles.scrim ?? ""}
      data-scrim=""
    >
      <Modal className={[styles.modal, wide && styles.wide, large && styles.large].filter(Boolean).join(" ")}>
        <AriaDialog ref={sheet} role={role} aria-describedby={describedBy} className={styles.dialog ?? ""}>
          <Heading slot="title" level={2} className={styles.title ?? ""}>
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The row of buttons at a dialog's foot. */
export function DialogFoot({ children }: { children: React.ReactNode }) {
  return <div className={styles.foot}>{children}</div>;
}
