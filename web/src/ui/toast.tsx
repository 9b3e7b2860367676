import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import i18next from 'i18next';
import type { ReactNode } from 'react';

const undoSeconds = 10;
const closeButton = () => ({ closeButtonProps: { 'aria-label': i18next.t('common.close') } });

type Act = { label: string; run: () => void };

function WithAct({ message, act, id }: { message: ReactNode; act: Act | undefined; id: string }) {
  return (
    <Group justify="space-between" gap="sm" wrap="nowrap">
      <Text size="sm" component="div">
        {message}
      </Text>
      {act && (
        <Button
          size="compact-sm"
          variant="light"
          style={{ flexShrink: 0 }}
          onClick={() => {
            notifications.hide(id);
            act.run();
          }}
        >
          {act.label}
        </Button>
      )}
    </Group>
  );
}

/** A short message at the corner; with an act it stays for ten seconds. */
export function toast(message: ReactNode, act?: Act): void {
  const id = crypto.randomUUID();
  notifications.show({
    id,
    ...closeButton(),
    color: 'teal',
    icon: <IconCheck size={16} />,
    autoClose: (act ? undoSeconds : 4) * 1000,
    message: <WithAct message={message} act={act} id={id} />,
  });
}

export function toastProblem(title: string, detail?: string, act?: Act): void {
  const id = crypto.randomUUID();
  notifications.show({
    id,
    color: 'red',
    icon: <IconAlertTriangle size={16} />,
    title,
    ...closeButton(),
    message: act ? <WithAct message={detail} act={act} id={id} /> : detail,
    autoClose: (act ? undoSeconds : 8) * 1000,
    role: 'alert',
  });
}

/** A message that stays until it is read and closed. */
export function toastLasting(title: string, message: ReactNode): void {
  notifications.show({ ...closeButton(), color: 'red', icon: <IconAlertTriangle size={16} />, title, message, autoClose: false, role: 'alert' });
}
