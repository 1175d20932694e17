import Foundation

/// The file system that the data directory is on, or will be.
struct Disk {
    /// Less than this, and PostgreSQL will soon stop.
    private static let leastFreeBytes: UInt64 = 512 << 20
    private static let bytesPerGiB = Double(1 << 30)

    let path: String

    var findings: [Finding] {
        let place = nearestExisting
        var raw = statvfs()
        guard statvfs(place, &raw) == 0 else {
            return [.bad("disk", "\(path) can't be reached: set PLINTH_DATA_DIR to another directory.")]
        }
        guard access(place, W_OK) == 0 else {
            return [
                .bad("disk", "\(place) can't be written to: correct that, or set PLINTH_DATA_DIR to another directory.")
            ]
        }
        let (bytes, overflow) = UInt64(raw.f_bavail).multipliedReportingOverflow(by: UInt64(raw.f_frsize))
        let free = String(format: "%.1f GiB free for %@", Double(bytes) / Self.bytesPerGiB, path)
        guard overflow || bytes >= Self.leastFreeBytes else {
            return [.bad("disk", "\(free): free some space, or set PLINTH_DATA_DIR to another disk.")]
        }
        return [.good("disk", free)]
    }

    private var nearestExisting: String {
        var place = URL(fileURLWithPath: path).standardizedFileURL
        while !FileManager.default.fileExists(atPath: place.path), place.path != "/" { place.deleteLastPathComponent() }
        return place.path
    }
}
