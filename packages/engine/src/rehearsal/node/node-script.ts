import { LAUNCH_LOOP } from '../supervisor-script.ts';

/**
 * The scripts that make one node out of private namespaces of this host. Each runs inside the one before:
 * `NODE_SUPERVISOR` on the host, `ENTERED` in its own mount, network and cgroup namespace, `FIRST_PROCESS` as pid 1 of
 * its own pid namespace, where it serves the supervisor's protocol. When pid 1 ends, the kernel ends every process and
 * takes mounts, links and packet filter rules away with the namespaces; cgroups are the only thing to clean up after.
 *
 * Several nodes share the host: node N is called by the name of its link, `naru-N`, which exists at most once, and
 * uses the ranges of `nodeNetwork`. They are skipped when the host has a route into them already.
 */
const NODES_AT_MOST = 200;

/** Addresses of node `index`. Routes on the host lead to its pods and Services, so tests and people can call them. */
export interface NodeNetwork {
  readonly hostAddress: string;
  readonly nodeAddress: string;
  readonly podRange: string;
  readonly serviceRange: string;
  /** The Service `kubernetes`, which always has the first address. */
  readonly firstService: string;
}

export function nodeNetwork(index: number): NodeNetwork {
  return {
    hostAddress: `10.253.${index}.1`,
    nodeAddress: `10.253.${index}.2`,
    podRange: `10.252.${index}.0/24`,
    serviceRange: `10.251.${index}.0/24`,
    firstService: `10.251.${index}.1`,
  };
}

/** What the kubelet insists on. It is shown these values, since setting them would change the whole machine. */
const SHOWN_KERNEL_SETTINGS =
  'vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000';

const FIRST_PROCESS = `
dir=$1 index=$2
set -e
mount --make-rshared /
# Paths that are fixed somewhere in a kubelet, a runtime or a plugin get a private copy. On a tmpfs, because an
# overlay cannot be written to another overlay, which is what the root of a container is.
mkdir "$dir/private"
mount -t tmpfs -o mode=700 tmpfs "$dir/private"
for path in etc var/lib var/log; do
  mkdir -p "$dir/private/upper/$path" "$dir/private/work/$path"
  mount -t overlay -o "lowerdir=/$path,upperdir=$dir/private/upper/$path,workdir=$dir/private/work/$path" overlay "/$path"
done
mount -t tmpfs -o mode=755 tmpfs /run
mkdir /run/netns /run/lock
for setting in ${SHOWN_KERNEL_SETTINGS}; do
  shown=$dir/private/$(echo "\${setting%%=*}" | tr / _)
  echo "\${setting#*=}" >"$shown"
  mount --bind "$shown" "/proc/sys/\${setting%%=*}"
done
echo 1 >/proc/sys/net/ipv4/ip_forward
[ ! -e /proc/sys/net/bridge/bridge-nf-call-iptables ] || echo 1 >/proc/sys/net/bridge/bridge-nf-call-iptables
rm -f /etc/resolv.conf
echo "nameserver 10.253.$index.2" >/etc/resolv.conf
echo "10.253.$index.2 node-1" >>/etc/hosts
set +e
exec 4<&0
sh -c "$LAUNCH_LOOP" launcher "$dir" <&4 4<&- &
exec 4<&- </dev/null
# While it waits for one child, a shell also collects the orphans that the kernel gives to pid 1.
wait $!
`;

const ENTERED = `
dir=$1
# The cgroup namespace began with the group that we are in; hierarchies mounted again show nothing above it.
if [ "$(stat -fc %T /sys/fs/cgroup)" = cgroup2fs ]; then
  umount /sys/fs/cgroup
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
  # A group whose controllers are handed on to its children may not hold processes itself.
  echo 0 >/sys/fs/cgroup/control/cgroup.procs
else
  for path in /sys/fs/cgroup/*/; do
    path=\${path%/}
    [ ! -L "$path" ] && umount "$path" 2>/dev/null || continue
    case \${path##*/} in
      unified) ;;
      systemd) mount -t cgroup -o none,name=systemd cgroup "$path" ;;
      *) mount -t cgroup -o "\${path##*/}" cgroup "$path" ;;
    esac
  done
fi
while [ ! -f "$dir/network" ]; do sleep 0.02; done
read -r index <"$dir/network"
ip link set lo up && ip addr add "10.253.$index.2/30" dev eth0 && ip link set eth0 up && ip route add default via "10.253.$index.1" || exit 1
exec unshare --pid --fork --kill-child --mount-proc sh -c "$FIRST_PROCESS" node "$dir" "$index"
`;

/** Takes the private directory as its argument; answers `network N` once the namespaces are connected. */
export const NODE_SUPERVISOR = `
dir=$1
trap '' PIPE
trap : TERM
exec 3<&0
export LAUNCH_LOOP=${shellQuote(`dir=$1\n${LAUNCH_LOOP}`)}
export FIRST_PROCESS=${shellQuote(FIRST_PROCESS)}
export ENTERED=${shellQuote(ENTERED)}
group=naru-\${dir##*-}
: >"$dir/cgroups"
cat /proc/self/cgroup >"$dir/cgroup-paths"

join_cgroup() {
  mkdir -p "$1" || return
  [ ! -f "$1/cpuset.cpus" ] || [ ! -f "$1/../cpuset.mems" ] || {
    cat "$1/../cpuset.cpus" >"$1/cpuset.cpus"
    cat "$1/../cpuset.mems" >"$1/cpuset.mems"
  }
  echo "$1" >>"$dir/cgroups"
  echo 0 >"$1/cgroup.procs"
}

(
  if [ "$(stat -fc %T /sys/fs/cgroup)" = cgroup2fs ]; then
    # At the top: a group that holds processes, as ours may, cannot hand controllers on.
    for controller in cpu cpuset io memory pids hugetlb; do
      echo "+$controller" >/sys/fs/cgroup/cgroup.subtree_control
    done 2>/dev/null
    mkdir -p "/sys/fs/cgroup/$group/control"
    join_cgroup "/sys/fs/cgroup/$group"
  else
    # Below our own group, so that limits set for us hold for the node too.
    while IFS=: read -r id controllers path; do
      case $id:$controllers in
        0:) continue ;;
        *:name=*) mount=/sys/fs/cgroup/\${controllers#name=} ;;
        *) mount=/sys/fs/cgroup/$controllers ;;
      esac
      [ ! -d "$mount" ] || join_cgroup "$mount\${path%/}/$group"
    done <"$dir/cgroup-paths"
  fi
  exec unshare --mount --net --cgroup sh -c "$ENTERED" entered "$dir"
) <&3 3<&- &
node=$!
exec 3<&- </dev/null

connect() {
  [ -z "$(ip -o route show to match "10.253.$1.1" | grep -v ^default)" ] || return 1
  ip link add "naru-$1" type veth peer name eth0 netns "$node" 2>/dev/null || return 1
  ip addr add "10.253.$1.1/30" dev "naru-$1" && ip link set "naru-$1" up &&
    ip route add "10.252.$1.0/24" via "10.253.$1.2" && ip route add "10.251.$1.0/24" via "10.253.$1.2" && return
  ip link del "naru-$1"
  return 1
}

# A link that is made too early would arrive in the host's own network.
own=$(readlink /proc/self/ns/net)
while kill -0 "$node" 2>/dev/null && [ "$(readlink "/proc/$node/ns/net")" = "$own" ]; do sleep 0.01; done
index=0
while [ $index -lt ${NODES_AT_MOST} ] && kill -0 "$node" 2>/dev/null; do
  if connect $index; then
    echo $index >"$dir/network.draft"
    mv "$dir/network.draft" "$dir/network"
    echo "network $index"
    break
  fi
  index=$((index + 1))
done
[ -f "$dir/network" ] || { echo "no free range of addresses below 10.253.0.0/16" >&2; kill -KILL "$node"; }

while kill -0 "$node" 2>/dev/null; do wait "$node"; done
attempt=0
while [ $attempt -lt 50 ]; do
  left=
  while read -r path; do
    [ ! -d "$path" ] || find "$path" -depth -type d -exec rmdir {} \\; 2>/dev/null
    [ ! -d "$path" ] || left=1
  done <"$dir/cgroups"
  [ -n "$left" ] || break
  sleep 0.05
  attempt=$((attempt + 1))
done
rm -rf -- "$dir"
`;

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
