import { parseAllDocuments } from 'yaml';
import { importContainers } from '../../src/formats/import/imports.ts';
import type { Row } from './row.ts';
import { timed } from './timed.ts';

const CONTAINERS = 1_000;

/** Reading a Kubernetes file of 1,000 Deployments, against what its YAML alone costs with the library underneath. */
export function importRow(): Row {
  const content = Array.from({ length: CONTAINERS }, (_, index) => deployment(index)).join('---\n');
  const files = [{ name: 'shop.yaml', content }];
  return {
    name: `import (Kubernetes, ${CONTAINERS} containers, ${(content.length / 1e6).toFixed(1)} MB)`,
    unit: 'files',
    aim: undefined,
    capward: {
      name: 'capward',
      run: async (seconds) => timed(() => expectAll(importContainers('kubernetes', { files }).length), 1, seconds, 1),
    },
    baselines: [
      {
        name: 'parseAllDocuments of yaml',
        // At most 1.5 times its time.
        aim: 1 / 1.5,
        run: async (seconds) => timed(() => expectAll(parseAllDocuments(content).length), 1, seconds, 1),
      },
    ],
    close: async () => undefined,
  };
}

function expectAll(count: number): void {
  if (count !== CONTAINERS) throw new Error(`${count} were read instead of ${CONTAINERS}`);
}

/** What people have in such files: labels, ports, environment, resources, probes. */
function deployment(index: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop-${index}
  namespace: shop
  labels:
    app.kubernetes.io/name: shop-${index}
    app.kubernetes.io/part-of: shop
  annotations:
    description: "The shop's service number ${index}, made by a template"
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: shop-${index}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: shop-${index}
    spec:
      serviceAccountName: shop
      containers:
        - name: main
          image: registry.example/shop/service-${index}:1.${index}
          args: ["--listen=:8080", "--verbose"]
          ports:
            - containerPort: 8080
              name: http
          env:
            - name: DATABASE
              value: postgres://database/shop
            - name: NUMBER
              value: "${index}"
          resources:
            requests: {cpu: 100m, memory: 128Mi}
            limits: {memory: 256Mi}
          readinessProbe:
            httpGet: {path: /ready, port: http}
            periodSeconds: 5
          securityContext:
            runAsNonRoot: true
            runAsUser: 1000
            allowPrivilegeEscalation: false
            capabilities:
              drop: ["ALL"]
              add: ["NET_BIND_SERVICE"]
      volumes:
        - name: temporary
          emptyDir: {}
`;
}
