import Foundation
import Testing

@testable import PostgresClient

/// On a small file system of their own, which takes the right to mount one.
@Suite(.serialized, .enabled(if: SmallDisk.isPossible))
struct LocalClusterDiskTests {
    @Test func `a disk too small for a new cluster is named`() async throws {
        try await withClusterDirectory { root in
            try await SmallDisk.mounted(at: "\(root)/disk", megabytes: 8) { disk in
                let found = try await failure(of: .quick("\(disk)/postgres"))
                #expect(found == .diskFull(directory: "\(disk)/postgres"))
                #expect(try LocalCluster.FileSystem.entries(disk) == ["postgres.lock"])
            }
        }
    }

    @Test func `a disk that has filled up is named, and freeing it is the remedy`() async throws {
        try await withClusterDirectory { root in
            try await SmallDisk.mounted(at: "\(root)/disk", megabytes: 96) { disk in
                let configuration = LocalCluster.Configuration.quick("\(disk)/postgres")
                try await LocalCluster.running(configuration) { _ in }
                _ = try LocalCluster.ChildProcess.run(
                    ["dd", "if=/dev/zero", "of=\(disk)/filler", "bs=4k"], within: .seconds(60))
                #expect(try await failure(of: configuration) == .diskFull(directory: "\(disk)/postgres"))
                LocalCluster.FileSystem.remove("\(disk)/filler")
                #expect(try await failure(of: configuration) == nil)
            }
        }
    }
}

private enum SmallDisk {
    static let isPossible: Bool = {
        guard geteuid() == 0 else { return false }
        let place = "\(FileManager.default.temporaryDirectory.path)/plinth-mount-\(getpid())"
        guard (try? LocalCluster.FileSystem.makeDirectories(place)) != nil else { return false }
        defer { rmdir(place) }
        guard mount(place, megabytes: 1) else { return false }
        unmount(place)
        return true
    }()

    static func mounted(at place: String, megabytes: Int, _ body: (String) async throws -> Void) async throws {
        try LocalCluster.FileSystem.makeDirectories(place)
        guard mount(place, megabytes: megabytes) else {
            throw LocalCluster.Failure.fileSystem(path: place, reason: "cannot mount")
        }
        defer { unmount(place) }
        try await body(place)
    }

    private static func mount(_ place: String, megabytes: Int) -> Bool {
        let command = ["mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", place]
        return (try? LocalCluster.ChildProcess.run(command, within: .seconds(10)))?.succeeded == true
    }

    private static func unmount(_ place: String) {
        _ = try? LocalCluster.ChildProcess.run(["umount", place], within: .seconds(10))
    }
}
