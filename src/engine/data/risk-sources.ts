/** A published list or rule that calls capabilities dangerous; one that names a capability is one vote. */
export interface RiskSource {
  readonly title: string;
  /** What was read, and at which commit. */
  readonly readFrom: string;
}

/** The 18 danger sources of caprisk-1. */
export const RISK_SOURCES: Readonly<Record<string, RiskSource>> = {
  spengler2011: {
    title: 'B. Spengler, False Boundaries and Arbitrary Code Execution (grsecurity forum, Jan 2011)',
    readFrom: "SECOND-HAND: the original forum page was not read; the list of 19 was taken from a public source file that transcribes it, and the post is cited by ArchWiki 'Capabilities'.",
  },
  cis_k8s_named: {
    title: "CIS Kubernetes 5.2.x 'potentially dangerous' by name (NET_RAW); 5.2.9/5.2.10 are generic",
    readFrom: 'kubescape/regolibrary controls C-0199/C-0200/C-0201; Tenable CIS_Kubernetes_v1.4.1_Level_2 audit text',
  },
  kubesec: {
    title: 'kubesec rule CapSysAdmin (-30)',
    readFrom: 'controlplaneio/kubesec@a59caad pkg/ruler/ruleset.go, pkg/rules/capSysAdmin.go',
  },
  trivy_named: {
    title: 'Trivy KSV-0005/0119/0120 (capabilities named individually, all HIGH)',
    readFrom: 'aquasecurity/trivy-checks@80e5382 checks/kubernetes/{SYS_ADMIN,net_raw,SYS_MODULE}_capability.rego',
  },
  checkov_named: {
    title: 'Checkov CKV_K8S_39 / _28',
    readFrom: 'bridgecrewio/checkov@03d5fda checkov/kubernetes/checks/resource/k8s/{AllowedCapabilitiesSysAdmin,DropCapabilities}.py',
  },
  polaris_dangerous: {
    title: 'Polaris dangerousCapabilities',
    readFrom: 'FairwindsOps/polaris@c0e23a2 pkg/config/checks/dangerousCapabilities.yaml',
  },
  kubescape_c0046: {
    title: 'Kubescape C-0046 insecureCapabilities',
    readFrom: 'kubescape/regolibrary@ce7ef32 default-config-inputs.json',
  },
  kube_linter: {
    title: 'kube-linter drop-net-raw-capability; privilege-escalation-container',
    readFrom: 'stackrox/kube-linter docs/generated/checks.md',
  },
  falco: {
    title: "Falco macro excessively_capable_container ('used in the past to escape')",
    readFrom: 'falcosecurity/rules@c72713e rules/falco-incubating_rules.yaml:620-630',
  },
  deepce: {
    title: 'deepce DANGEROUS_CAPABILITIES',
    readFrom: 'stealthcopter/deepce@a08648d deepce.sh:132',
  },
  cdk: {
    title: 'CDK evaluate/exploit modules',
    readFrom: 'cdk-team/CDK@656f5c0 pkg/evaluate/available_linux_capabilities.go; pkg/exploit/escaping/check_ptrace.go',
  },
  hacktricks_breakout: {
    title: 'HackTricks linux-capabilities (sections with a container-breakout path)',
    readFrom: 'HackTricks-wiki/hacktricks@020564d src/linux-hardening/privilege-escalation/linux-capabilities.md (Portuguese translation read)',
  },
  kubehound: {
    title: 'KubeHound CE_* edges keyed on capabilities',
    readFrom: 'DataDog/KubeHound@53da187 pkg/kubehound/graph/edge/escape_{module_load,sys_ptrace}.go',
  },
  home_assistant: {
    title: 'Home Assistant Supervisor rating_security (-1 if any present)',
    readFrom: 'home-assistant/supervisor@090ef31 supervisor/apps/utils.py',
  },
  redhat_certsuite: {
    title: 'Red Hat certsuite forbidden capabilities',
    readFrom: 'redhat-best-practices-for-k8s/certsuite@2079c14 tests/accesscontrol/suite.go:341-376',
  },
  kccss: {
    title: 'KCCSS / kube-scan (K-4, K-11)',
    readFrom: 'octarinesec/kccss@f80cd9a rules/risks/K-{4,11}-*.yaml (SYS_ADMIN 4.9 Medium, NET_RAW 3.1 Medium, privileged 5.6 High)',
  },
  removed_from_runtime_default: {
    title: "In Docker's default set but removed by CRI-O, Podman and/or Nomad",
    readFrom: 'cri-o/cri-o@f954a17 internal/config/capabilities/capabilities_linux.go; containers/common@f437c58 pkg/config/default.go; hashicorp/nomad drivers/shared/capabilities/defaults.go',
  },
  openshift_restricted_drops: {
    title: "OpenShift legacy 'restricted' SCC requiredDropCapabilities",
    readFrom: 'Red Hat OCP docs / snyk scc.txt excerpts (KILL, MKNOD, SETUID, SETGID; older also SYS_CHROOT)',
  },
};
