import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

// Indigo moved one step darker than Mantine's, so that white on index 6 reaches a contrast of 4.9.
const indigo: MantineColorsTuple = [
  '#edf2ff', '#dbe4ff', '#bac8ff', '#91a7ff', '#748ffc', '#4c6ef5', '#4263eb', '#3b5bdb', '#364fc7', '#2f44ad',
];

export const theme = createTheme({
  colors: { indigo },
  primaryColor: 'indigo',
  primaryShade: { light: 6, dark: 6 },
  defaultRadius: 6,
  cursorType: 'pointer',
  fontFamily: 'system-ui, "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", "Meiryo", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SFMono-Regular", "Noto Sans Mono CJK JP", Menlo, Consolas, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.4', md: '1.6', lg: '1.5', xl: '1.4' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '20px', lineHeight: '1.4' }, h2: { fontSize: '16px', lineHeight: '1.5' }, h3: { fontSize: '14px', lineHeight: '1.6' } } },
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', checkIconPosition: 'right' } },
    Checkbox: { defaultProps: { size: 'sm' }, styles: { label: { paddingInlineStart: 6 } } },
    Notification: { styles: { description: { color: 'var(--mantine-color-text)' } } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35 }, transitionProps: { duration: 120 }, attributes: { header: { role: 'none' } } }, styles: { title: { fontWeight: 600, fontSize: 16 } } },
    // Its box that takes the first focus is no part a menu may have: the first item takes it.
    Menu: { defaultProps: { shadow: 'sm', withinPortal: true, withInitialFocusPlaceholder: false } },
    Popover: { defaultProps: { shadow: 'sm' } },
    Badge: { defaultProps: { radius: 4, tt: 'none' }, styles: { root: { '--badge-fz': '11px', fontWeight: 600, overflow: 'visible', flex: 'none' } } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
  },
});

// Mantine's defaults for secondary and error text miss a contrast of 4.5.
export const cssVariables: CSSVariablesResolver = (current) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c636a',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-placeholder': '#6c757d',
    '--mantine-color-anchor': current.colors.indigo?.[7] ?? '',
    // Words on a tint of the same colour, at a contrast of 4.5 and more.
    '--mantine-color-teal-light-color': '#05603f',
    '--mantine-color-yellow-light-color': '#7a4400',
    '--mantine-color-blue-light-color': '#1257a8',
    '--mantine-color-red-light-color': '#a61e1e',
    '--mantine-color-gray-light-color': '#495057',
    '--mantine-color-orange-light-color': '#8a3800',
    '--otokui-surface': '#ffffff',
    '--otokui-canvas': '#f8f9fa',
    '--otokui-line': '#dee2e6',
    '--otokui-row-hover': '#f1f3f5',
    '--otokui-row-chosen': '#edf2ff',
    '--otokui-row-alarm': '#fff0f0',
    '--otokui-alarm': '#c92a2a',
    '--otokui-grave': '#a61e1e', // grave items of menus: read on a tint of itself when pointed at
    '--otokui-mark': '#fff3bf',
    '--otokui-before': '#ffe3e3',
    '--otokui-after': '#d3f9d8',
  },
  dark: {
    '--mantine-color-dimmed': '#a6a7ab',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-placeholder': '#909296',
    '--mantine-color-anchor': current.colors.indigo?.[3] ?? '',
    '--otokui-surface': '#1f2023',
    '--otokui-canvas': '#18191b',
    '--otokui-line': '#3a3b3f',
    '--otokui-row-hover': '#2a2b2f',
    '--otokui-row-chosen': '#252b45',
    '--otokui-row-alarm': '#3b2225',
    '--otokui-alarm': '#ff8787',
    '--otokui-grave': '#ffa8a8',
    '--otokui-mark': '#5c4b00',
    '--otokui-before': '#4a2528',
    '--otokui-after': '#1f4028',
  },
});
