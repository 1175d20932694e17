import Foundation

extension LocalCluster {
    /// The user of the machine that PostgreSQL runs as: ourselves, or an unprivileged one when we are root.
    struct ServerAccount: Equatable {
        let user: uid_t
        let group: gid_t
        /// What comes before a command to run it as this user.
        private(set) var prefix: [String]

        private static let candidates = ["postgres", "nobody"]
        private static let setprivPaths = ["/usr/bin/setpriv", "/bin/setpriv", "/sbin/setpriv"]
        private static let readingAnywhere = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
        private static let checkSeconds = 10

        /// The user for a data directory: its owner when it has one other than root, so that it stays theirs.
        /// - Throws: ``Failure/ownedByAnother(directory:owner:)``, ``Failure/cannotLeaveRoot(missing:)``.
        static func find(for directory: String) throws -> ServerAccount {
            let owner = FileSystem.status(directory, followingLink: true)
            let ourselves = geteuid()
            guard ourselves == 0 else {
                if let owner, owner.owner != ourselves {
                    throw Failure.ownedByAnother(directory: directory, owner: name(of: owner.owner))
                }
                return ServerAccount(user: ourselves, group: getegid(), prefix: [])
            }
            guard let setpriv = setprivPaths.first(where: { access($0, X_OK) == 0 }) else {
                throw Failure.cannotLeaveRoot(missing: "the program setpriv of util-linux")
            }
            let user: uid_t
            let group: gid_t
            if let owner, owner.owner != 0 {
                (user, group) = (owner.owner, owner.group)
            } else if let entry = candidates.lazy.compactMap(lookUp).first {
                (user, group) = entry
            } else {
                throw Failure.cannotLeaveRoot(missing: "a user named postgres or nobody")
            }
            return ServerAccount(
                user: user, group: group,
                prefix: [setpriv, "--reuid=\(user)", "--regid=\(group)", "--clear-groups"])
        }

        /// This account, able to enter the directory's parent. Where its permissions forbid that (a clone below
        /// root's home, mode 700) PostgreSQL gets the capability to pass; elsewhere it gets none.
        /// - Throws: ``Failure/unreachable(directory:user:)``.
        func reaching(_ directory: String) throws -> ServerAccount {
            let parent = FileSystem.parent(of: directory)
            if prefix.isEmpty || canEnter(parent) {
                return self
            }
            var capable = self
            capable.prefix += Self.readingAnywhere
            guard capable.canEnter(parent) else {
                throw Failure.unreachable(directory: directory, user: Self.name(of: user))
            }
            return capable
        }

        func canEnter(_ directory: String) -> Bool {
            let command = prefix + ["/bin/sh", "-c", "cd -- \"$1\"", "sh", directory]
            let outcome = try? ChildProcess.run(command, within: .seconds(Self.checkSeconds))
            return outcome?.succeeded == true
        }

        private static func lookUp(_ name: String) -> (uid_t, gid_t)? {
            var entry = passwd()
            var result: UnsafeMutablePointer<passwd>?
            var buffer = [CChar](repeating: 0, count: 16 << 10)
            guard getpwnam_r(name, &entry, &buffer, buffer.count, &result) == 0, result != nil, entry.pw_uid != 0
            else { return nil }
            return (entry.pw_uid, entry.pw_gid)
        }

        static func name(of user: uid_t) -> String {
            var entry = passwd()
            var result: UnsafeMutablePointer<passwd>?
            var buffer = [CChar](repeating: 0, count: 16 << 10)
            guard getpwuid_r(user, &entry, &buffer, buffer.count, &result) == 0, result != nil, let name = entry.pw_name
            else { return String(user) }
            return String(cString: name)
        }
    }
}
