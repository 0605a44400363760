/**
 * Launches processes on request and ends them all when its standard input ends, which is what happens when the
 * process at the other end of the pipe is gone, however it went. A shell does this, because nothing inside a process
 * survives that process's SIGKILL, and every host has a shell.
 *
 * Protocol: a request is two lines, a name and a command line. `exited NAME CODE` is the answer when it has ended.
 * Expects `$dir`, the private directory.
 */
export const LAUNCH_LOOP = `
trap '' PIPE
jobs=
while IFS= read -r name && IFS= read -r command; do
  (
    stop= child=
    # The flag covers a signal that arrives between the fork and the assignment of its pid.
    trap 'stop=1; [ -z "$child" ] || kill -KILL "$child" 2>/dev/null' TERM
    ( cd "$dir" && eval "exec $command" ) >>"$dir/log/$name.log" 2>&1 </dev/null &
    child=$!
    [ -z "$stop" ] || kill -KILL "$child"
    wait "$child"
    code=$?
    [ -z "$stop" ] || wait "$child"
    echo "exited $name $code"
  ) </dev/null &
  jobs="$jobs $!"
done
`;

/**
 * The supervisor of processes that share its process group. It signals the group instead of pids, so a pid that was
 * given to somebody else in the meantime cannot be hit. It asks again and again, because a shell that was forked at the
 * moment of a signal may lose it, and in the end kills whatever is left of the group, itself included.
 */
export const GROUP_SUPERVISOR = `
dir=$1
trap : TERM
${LAUNCH_LOOP}
kill -TERM 0
( trap '' TERM; while sleep 0.1; do kill -TERM 0; done ) &
for job in $jobs; do
  while kill -0 "$job" 2>/dev/null; do wait "$job"; done
done
rm -rf -- "$dir"
kill -KILL 0
`;
