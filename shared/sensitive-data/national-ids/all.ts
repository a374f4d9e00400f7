import { argentina } from './ar.ts';
import { australia } from './au.ts';
import { belgium } from './be.ts';
import { brazil } from './br.ts';
import { canada } from './ca.ts';
import { chile } from './cl.ts';
import { china } from './cn.ts';
import { czechia } from './cz.ts';
import { germany } from './de.ts';
import { denmark } from './dk.ts';
import { spain } from './es.ts';
import { finland } from './fi.ts';
import { france } from './fr.ts';
import { unitedKingdom } from './gb.ts';
import { hongKong } from './hk.ts';
import { indonesia } from './id.ts';
import { india } from './in.ts';
import { italy } from './it.ts';
import { japan } from './jp.ts';
import { southKorea } from './kr.ts';
import { mexico } from './mx.ts';
import type { NationalId } from './national-id.ts';
import { netherlands } from './nl.ts';
import { norway } from './no.ts';
import { poland } from './pl.ts';
import { portugal } from './pt.ts';
import { romania } from './ro.ts';
import { sweden } from './se.ts';
import { singapore } from './sg.ts';
import { thailand } from './th.ts';
import { turkey } from './tr.ts';
import { taiwan } from './tw.ts';
import { unitedStates } from './us.ts';
import { southAfrica } from './za.ts';

export const nationalIds: readonly NationalId[] = [
  ...argentina,
  australia,
  belgium,
  ...brazil,
  canada,
  ...chile,
  china,
  czechia,
  denmark,
  finland,
  france,
  germany,
  hongKong,
  ...india,
  indonesia,
  italy,
  japan,
  mexico,
  netherlands,
  norway,
  poland,
  portugal,
  romania,
  singapore,
  southAfrica,
  southKorea,
  spain,
  sweden,
  taiwan,
  thailand,
  turkey,
  unitedKingdom,
  unitedStates,
];
