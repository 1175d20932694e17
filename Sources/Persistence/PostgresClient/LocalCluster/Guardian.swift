import Foundation
import Synchronization

extension ThrowawayCluster {
    /// A process that ends a cluster, and removes it, when its owner ends in whatever way.
    ///
    /// It waits at the reading end of a pipe whose writing end only the owner has: the kernel closes that one for
    /// the owner, so nothing is polled and no process id can be mistaken for another's.
    final class Guardian: Sendable {
        /// Arguments: the directory to remove, the data in it, the user the socket's directory is named for.
        private static let script = """
            read -r _
            { read -r process; read -r _; read -r _; read -r _; read -r socket; } < "$2/postmaster.pid"
            if [ -n "$process" ] && kill -QUIT "$process"; then
                waited=0
                while [ -e "$2/postmaster.pid" ] && kill -0 "$process" && [ "$waited" -lt 100 ]; do
                    sleep 0.1
                    waited=$((waited + 1))
                done
            fi
            case "$socket" in /tmp/plinth-*) rm -rf -- "$socket" ;; esac
            rm -rf -- "$1"
            """

        private struct Watch {
            let child: pid_t
            let pipe: Int32
        }

        private let watch: Mutex<Watch?>

        init(guarding root: String, dataDirectory: String) throws {
            let pipe = try LocalCluster.ChildProcess.makePipe()
            defer { close(pipe.reading) }
            do {
                let command = ["/bin/sh", "-c", Self.script, "plinth-guardian", root, dataDirectory]
                let child = try LocalCluster.ChildProcess.spawn(command, input: pipe.reading)
                watch = Mutex(Watch(child: child, pipe: pipe.writing))
            } catch {
                close(pipe.writing)
                throw error
            }
        }

        /// Has the cluster removed now, and waits until it is. Blocking.
        func finish() {
            guard let watch = watch.withLock({ $0.take() }) else { return }
            close(watch.pipe)
            _ = LocalCluster.ChildProcess.reap(watch.child, blocking: true)
        }
    }
}
