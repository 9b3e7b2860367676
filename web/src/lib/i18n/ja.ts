import { ja as access } from './texts/access';
import { ja as builder } from './texts/builder';
import { ja as common } from './texts/common';
import { ja as customer } from './texts/customer';
import { ja as lists } from './texts/lists';
import { ja as mail } from './texts/mail';
import { ja as palette } from './texts/palette';
import { ja as person } from './texts/person';
import { ja as points } from './texts/points';
import { ja as screens } from './texts/screens';
import { ja as saved } from './texts/saved';
import { ja as search } from './texts/search';
import { ja as security } from './texts/security';
import { ja as session } from './texts/session';
import { ja as settings } from './texts/settings';
import { ja as transfer } from './texts/transfer';
import { ja as work } from './texts/work';

export const ja = { ...common, ...security, ...access, ...session, ...customer, ...mail, ...saved, ...search, ...transfer, ...work, ...settings, ...screens, ...builder, ...lists, ...palette, ...person, ...points };
