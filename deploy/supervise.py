"""supervisord, without the second it idles before it starts its first child."""

from supervisor import supervisord


class Supervisor(supervisord.Supervisor):
    def runforever(self) -> None:
        for group in sorted(self.process_groups.values()):
            group.transition()
        super().runforever()


supervisord.Supervisor = Supervisor

if __name__ == "__main__":
    supervisord.main()
