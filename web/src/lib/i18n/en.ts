import { en as access } from './texts/access';
import type { SameKeys } from './index';
import { en as builder } from './texts/builder';
import { en as common } from './texts/common';
import { en as customer } from './texts/customer';
import { en as lists } from './texts/lists';
import { en as mail } from './texts/mail';
import { en as palette } from './texts/palette';
import { en as person } from './texts/person';
import { en as screens } from './texts/screens';
import { en as saved } from './texts/saved';
import { en as search } from './texts/search';
import { en as security } from './texts/security';
import { en as session } from './texts/session';
import { en as settings } from './texts/settings';
import { en as transfer } from './texts/transfer';
import { en as work } from './texts/work';

export const en: SameKeys = { ...common, ...security, ...access, ...session, ...customer, ...mail, ...saved, ...search, ...transfer, ...work, ...settings, ...screens, ...builder, ...lists, ...palette, ...person };
