import { ActionIcon, Alert, Anchor, Badge, Button, CopyButton, Group, Menu, Stack, Text, Title, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconCopy, IconDots, IconEye, IconHistory, IconPencil, IconPrinter, IconRestore, IconTrash } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import type { Catalogue } from '@/lib/catalogue';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { useFeature, useMay } from '@/lib/session';
import { formatPhone } from '@/lib/text/phone';
import { Clamped } from '@/ui/Clamped';
import { toast, toastProblem } from '@/ui/toast';
import { useProblemWords } from '@/ui/states';
import { BlockBanner } from '@/features/level/BlockBanner';
import { LevelWhy } from '@/features/level/LevelWhy';
import { PointsWhy } from '@/features/points/PointsWhy';
import { useAlerts } from '@/features/memo/api';
import { MemoAlerts } from '@/features/memo/MemoAlerts';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { nameOf, useRestoreCustomer, type Customer } from './api';
import { StatusBadge } from './columns';
import { DeleteCustomerDialog } from './DeleteCustomerDialog';
import { MaskedValue } from './MaskedValue';
import { MasterBadge } from './MasterBadge';
import { PurchasesWhy } from './PurchasesWhy';
import { EraseDialog, PersonMenu, WithdrawDialog, type PersonAct } from './PersonActs';
import classes from './CustomerHead.module.css';

const above = 12; // of the head's padding, which slides under the upper edge

type Props = { customer: Customer; catalogue: Catalogue; onEdit: (() => void) | null };

/** Who it is, what to beware of, how to reach the person. The first row stays; what there is to tell of the warnings goes with the page. */
export function CustomerHead({ customer, catalogue, onEdit }: Props) {
  const { t, language } = useTexts();
  const may = useMay();
  const feature = useFeature();
  const location = useLocation();
  const navigate = useNavigate();
  const name = nameOf(customer, t);
  const cameFromUs = location.key !== 'default';
  const alerts = useAlerts(customer.id).data ?? [];
  const careful = Boolean(customer.alert) || (!customer.erased_at && alerts.length > 0);
  const row = useRef<HTMLDivElement>(null);
  useHeightOf(row);
  return (
    <header className={classes.whole}>
      <div ref={row} className={classes.head}>
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <Stack gap={4} miw={0}>
            <Anchor component="button" type="button" size="xs" c="dimmed" className="no-print" w="fit-content" onClick={() => void (cameFromUs ? navigate(-1) : navigate('/customers'))}>
              <Group gap={4}>
                <IconArrowBackUp size={14} aria-hidden />
                {t('search.back')}
              </Group>
            </Anchor>
            <Group gap="sm" align="baseline">
              <Title order={1}>{name}</Title>
              {customer.kana && <Text c="dimmed">{customer.kana}</Text>}
              <Text c="dimmed" size="sm">
                {catalogue.label('number', language)} {customer.number}
              </Text>
              <StatusBadge status={customer.status} label={catalogue.optionLabel('status', customer.status, language)} />
              {customer.blocked && feature('block_list') && <Badge color="red.8">{t('customer.blocked')}</Badge>}
              {careful && <Badge color="red.8">{t('customer.alert')}</Badge>}
              {customer.deleted === 'yes' && <Badge variant="default">{t('customer.deleted')}</Badge>}
              {customer.labels_names?.map((label) => <MasterBadge key={label} field={catalogue.find('labels')} name={label} />)}
            </Group>
            <Group gap="2px 20px">
              <MaskedValue customer={customer} field="phone" label={catalogue.label('phone', language)}>
                {({ phone }) => <Contact label={catalogue.label('phone', language)} shown={formatPhone(phone)} value={phone} />}
              </MaskedValue>
              <MaskedValue customer={customer} field="email" label={catalogue.label('email', language)}>
                {({ email }) => <Contact label={catalogue.label('email', language)} shown={email ?? ''} value={email} />}
              </MaskedValue>
              {may('order.read') && <PurchasesWhy customer={customer} label={catalogue.label('purchase_total', language)} />}
              {feature('levels') && customer.status === 'member' && <LevelWhy customer={customer} label={catalogue.label('level', language)} />}
              {feature('points') && customer.status === 'member' && <PointsWhy customer={customer} />}
            </Group>
          </Stack>
          <Group gap="xs" wrap="nowrap" className="no-print">
            {onEdit && (
              <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
                {t('common.edit')}
              </Button>
            )}
            <MoreActs customer={customer} name={name} />
          </Group>
        </Group>
      </div>
      <div className={classes.banners}>
        <Banners customer={customer} catalogue={catalogue} />
      </div>
    </header>
  );
}

/** What stays below the head begins where it ends: `--customer-head` on the page says where. */
function useHeightOf(row: RefObject<HTMLElement | null>) {
  useLayoutEffect(() => {
    const element = row.current;
    const page = element?.closest('main');
    if (!element || !page) return;
    const tell = () => page.style.setProperty('--customer-head', `${element.offsetHeight - above}px`);
    tell();
    const observer = new ResizeObserver(tell);
    observer.observe(element);
    return () => {
      observer.disconnect();
      page.style.removeProperty('--customer-head');
    };
  }, [row]);
}

function Contact({ label, shown, value }: { label: string; shown: string; value: string | null }) {
  const { t } = useTexts();
  if (!value) return null;
  return (
    <Group gap={4} wrap="nowrap">
      <Text size="sm">
        <span className={classes.label}>{label}</span> {shown}
      </Text>
      {!value.startsWith('*') && (
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? t('common.copied') : t('customer.copyValue', { label })}>
              <ActionIcon size="sm" className="no-print" aria-label={t('customer.copyValue', { label })} onClick={copy}>
                {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      )}
    </Group>
  );
}

function Banners({ customer, catalogue }: { customer: Customer; catalogue: Catalogue }) {
  const { t } = useTexts();
  const icon = <IconAlertTriangle size={18} />;
  return (
    <>
      <BlockBanner customer={customer} catalogue={catalogue} />
      {customer.alert && (
        <Alert color="red" icon={icon} py={6} mt={8} title={t('customer.alertBanner')}>
          <Clamped className={classes.words}>{customer.alert}</Clamped>
        </Alert>
      )}
      {!customer.erased_at && <MemoAlerts customer={customer.id} mayEdit={customer.deleted === 'no'} />}
      {customer.merged_into && (
        <Alert color="yellow" icon={icon} py={6} mt={8} title={t('customer.mergedBanner')}>
          <Anchor component={Link} to={`/customers/${customer.merged_into}`}>
            {t('customer.toMerged')}
          </Anchor>
        </Alert>
      )}
      {customer.erased_at && <Alert color="gray" icon={icon} py={6} mt={8} title={t('person.erasedBanner', { at: formatMoment(customer.erased_at) })} />}
      {customer.deleted === 'yes' && !customer.erased_at && <Alert color="gray" icon={icon} py={6} mt={8} title={t('customer.deletedBanner', { at: formatMoment(customer.deleted_at) })} />}
    </>
  );
}

function MoreActs({ customer, name }: { customer: Customer; name: string }) {
  const { t } = useTexts();
  const may = useMay();
  const words = useProblemWords();
  const { undo } = useUndoAct();
  const [asking, setAsking] = useState(false);
  const [personAct, setPersonAct] = useState<PersonAct>(null);
  const restore = useRestoreCustomer(customer.id);
  const failed = (problem: Parameters<typeof words>[0]) => {
    const { title, detail } = words(problem);
    toastProblem(title, detail);
  };
  const undoOf = (operation: string | null) => (operation && may('operation.undo') ? { label: t('common.undo'), run: () => undo(operation) } : undefined);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={36} variant="default" aria-label={t('customer.more')} title={t('customer.more')}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPrinter size={16} />} component={Link} to={`/customers/${customer.id}/print`}>
            {t('customer.print')}
          </Menu.Item>
          <Menu.Item leftSection={<IconHistory size={16} />} component={Link} to={`/customers/${customer.id}/past`}>
            {t('past.menu')}
          </Menu.Item>
          {may('access_log.read') && (
            <Menu.Item leftSection={<IconEye size={16} />} component={Link} to={`/access-log?customer_number=${encodeURIComponent(customer.number)}`}>
              {t('access.ofCustomer')}
            </Menu.Item>
          )}
          <PersonMenu customer={customer} onWithdraw={() => setPersonAct('withdraw')} onErase={() => setPersonAct('erase')} />
          {may('customer.delete') && customer.deleted === 'no' && (
            <Menu.Item color="var(--otokui-grave)" leftSection={<IconTrash size={16} />} onClick={() => setAsking(true)}>
              {t('customer.delete')}
            </Menu.Item>
          )}
          {may('customer.delete') && customer.deleted === 'yes' && !customer.erased_at && (
            <Menu.Item
              leftSection={<IconRestore size={16} />}
              onClick={() => restore.mutate(undefined, { onSuccess: ({ operation }) => toast(t('customer.restored'), undoOf(operation)), onError: failed })}
            >
              {t('customer.restore')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <DeleteCustomerDialog customer={customer} name={name} opened={asking} onClose={() => setAsking(false)} />
      <WithdrawDialog customer={customer} name={name} opened={personAct === 'withdraw'} onClose={() => setPersonAct(null)} />
      <EraseDialog customer={customer} name={name} opened={personAct === 'erase'} onClose={() => setPersonAct(null)} />
    </>
  );
}
