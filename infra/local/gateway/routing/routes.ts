import type { LocalApi, LocalRoute } from '../../model/model.ts';
import { routeSelection } from './route-selection.ts';

export type Routes = {
  readonly connect: LocalRoute | undefined;
  readonly disconnect: LocalRoute | undefined;
  forBody(body: string): LocalRoute | undefined;
};

/** The routes as they are now: a stage is a snapshot, so what is added later does not exist. */
export function routesOf(api: LocalApi): Routes {
  const routes = new Map(api.routes.map((route) => [route.routeKey, { ...route }]));
  const select = routeSelection(api.routeSelectionExpression);
  return {
    connect: routes.get('$connect'),
    disconnect: routes.get('$disconnect'),
    forBody(body) {
      const key = select(body);
      // No client may pick `$connect` or `$disconnect` by name.
      const chosen = key === undefined || key.startsWith('$') ? undefined : routes.get(key);
      return chosen ?? routes.get('$default');
    },
  };
}
