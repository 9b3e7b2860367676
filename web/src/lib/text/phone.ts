import { AsYouType, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import { metadata } from 'virtual:phone-metadata';

/** Digits as stored (0312345678) to 03-1234-5678; what is no Japanese number stays as it is. */
export function formatPhone(digits: string | null | undefined): string {
  if (!digits) return '';
  if (!/^\d+$/.test(digits)) return digits;
  const parsed = parsePhoneNumberFromString(digits, 'JP', metadata);
  if (parsed?.isPossible()) return parsed.formatNational();
  return digits.length > 5 ? new AsYouType('JP', metadata).input(digits) : digits;
}

/** 1234567 -> 123-4567 */
export function formatPostalCode(code: string | null | undefined): string {
  if (!code) return '';
  return /^\d{7}$/.test(code) ? `${code.slice(0, 3)}-${code.slice(3)}` : code;
}

/** The seven digits in what was typed, in any width and with any hyphen; null when they are not seven. */
export function readPostalCode(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[〒\s‐‑‒–—―−ー-]/g, '');
  return /^\d{7}$/.test(digits) ? digits : null;
}
